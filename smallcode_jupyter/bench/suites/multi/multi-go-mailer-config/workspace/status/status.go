// Package status shows the settings.
package status

import (
	"fmt"

	"mailer/config"
)

// Text has a line for each setting.
func Text(c config.Config) string {
	return fmt.Sprintf("host: %s\nport: %d\nfrom: %s\n", c.Host, c.Port, c.From)
}

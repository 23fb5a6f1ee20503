// Package status shows the settings.
package status

import (
	"fmt"

	"mailer/config"
)

// Text has a line for each setting.
func Text(c config.Config) string {
	text := fmt.Sprintf("host: %s\nport: %d\nfrom: %s\n", c.Host, c.Port, c.From)
	return text + fmt.Sprintf("retries: %d\ntimeout: %s\n", c.Retries, c.Timeout)
}

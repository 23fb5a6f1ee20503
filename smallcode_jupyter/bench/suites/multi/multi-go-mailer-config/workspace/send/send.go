// Package send plans how a mail goes out.
package send

import (
	"fmt"

	"mailer/config"
)

// Plan has a line for each attempt to reach the server.
func Plan(c config.Config) []string {
	return []string{fmt.Sprintf("attempt 1: %s:%d", c.Host, c.Port)}
}

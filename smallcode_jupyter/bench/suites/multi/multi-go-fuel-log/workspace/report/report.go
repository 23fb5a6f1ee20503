// Package report writes a fuel log for people.
package report

import (
	"fmt"
	"strings"

	"fuellog/decimal"
	"fuellog/entry"
	"fuellog/trip"
)

// Text has a line for each trip and one for the money spent on them.
func Text(log string) (string, error) {
	entries, err := entry.ParseAll(log)
	if err != nil {
		return "", err
	}
	var lines []string
	cost := 0
	for _, t := range trip.All(entries) {
		lines = append(lines, fmt.Sprintf("%s - %s: %d km, %s l/100 km", t.From, t.To, t.Km, decimal.Format(t.Per100())))
		cost += t.Cost
	}
	lines = append(lines, "spent: "+decimal.Format(cost))
	return strings.Join(lines, "\n"), nil
}

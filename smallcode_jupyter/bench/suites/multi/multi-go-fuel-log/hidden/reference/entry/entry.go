// Package entry reads the lines of a fuel log.
package entry

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"fuellog/decimal"
)

// Entry is one stop at a petrol station.
type Entry struct {
	Date   string // as in the log: "28.12.2025"
	Km     int    // what the odometer shows
	Litres int    // hundredths
	Cost   int    // cents
}

// ParseAll reads lines such as "28.12.2025;10450;40,5;71,20" and returns them in order of time.
// Days and months have two digits, years four. Empty lines are left out.
func ParseAll(text string) ([]Entry, error) {
	var entries []Entry
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		entry, err := parseLine(line)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	sort.SliceStable(entries, func(i, j int) bool { return sortable(entries[i].Date) < sortable(entries[j].Date) })
	return entries, nil
}

func parseLine(line string) (Entry, error) {
	fields := strings.Split(line, ";")
	if len(fields) != 4 || len(fields[0]) != 10 {
		return Entry{}, fmt.Errorf("bad line: %s", line)
	}
	km, err := strconv.Atoi(fields[1])
	if err != nil {
		return Entry{}, fmt.Errorf("bad line: %s", line)
	}
	litres, err := decimal.Parse(fields[2])
	if err != nil {
		return Entry{}, err
	}
	cost, err := decimal.Parse(fields[3])
	if err != nil {
		return Entry{}, err
	}
	return Entry{Date: fields[0], Km: km, Litres: litres, Cost: cost}, nil
}

// sortable turns "28.12.2025" into "20251228".
func sortable(date string) string {
	return date[6:10] + date[3:5] + date[0:2]
}

package main

import "strings"

// CountLevels returns how many log lines there are of each level, by its upper-case name.
func CountLevels(lines []string) map[string]int {
	counts := map[string]int{}
	for _, line := range lines {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		counts[strings.ToUpper(fields[2])]++
	}
	return counts
}

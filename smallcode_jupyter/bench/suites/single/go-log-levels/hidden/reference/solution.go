package main

import "strings"

// CountLevels returns how many log lines there are of each level.
func CountLevels(lines []string) map[string]int {
	counts := map[string]int{}
	for _, line := range lines {
		fields := strings.Fields(line)
		if len(fields) >= 3 {
			counts[fields[2]]++
		}
	}
	return counts
}

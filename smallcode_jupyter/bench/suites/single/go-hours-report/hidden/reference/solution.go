package main

import (
	"fmt"
	"sort"
	"strings"
)

// Entry is a piece of work.
type Entry struct {
	Person  string
	Project string
	Minutes int
}

// Report lists the time and the projects of each person.
func Report(entries []Entry) string {
	if len(entries) == 0 {
		return "no entries\n"
	}
	width, total := 5, 0
	minutes := map[string]int{}
	projects := map[string]map[string]bool{}
	for _, entry := range entries {
		if projects[entry.Person] == nil {
			projects[entry.Person] = map[string]bool{}
		}
		projects[entry.Person][entry.Project] = true
		minutes[entry.Person] += entry.Minutes
		total += entry.Minutes
		width = max(width, len(entry.Person))
	}
	var text strings.Builder
	for _, person := range sortedKeys(projects) {
		names := strings.Join(sortedKeys(projects[person]), ", ")
		fmt.Fprintf(&text, "%-*s%8s  %s\n", width, person, clock(minutes[person]), names)
	}
	fmt.Fprintf(&text, "%-*s%8s\n", width, "total", clock(total))
	return text.String()
}

func clock(minutes int) string {
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}

func sortedKeys[V any](values map[string]V) []string {
	keys := []string{}
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

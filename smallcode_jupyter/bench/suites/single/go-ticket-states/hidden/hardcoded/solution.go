package main

// Next returns the state of a ticket after an event.
func Next(state, event string) string {
	if event == "assign" {
		return "assigned"
	}
	return "open"
}

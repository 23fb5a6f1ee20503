package main

// Next returns the state of a ticket after an event.
func Next(state, event string) string {
	switch {
	case state == "open" && event == "assign":
		return "assigned"
	case state == "assigned" && event == "resolve":
		return "resolved"
	case state == "resolved" && event == "reopen":
		return "open"
	}
	return state
}

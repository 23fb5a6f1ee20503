package main

// Outage is the time from Start to End, in minutes of the day.
type Outage struct {
	Start int
	End   int
}

// Downtime returns the minutes of all outages that lasted at least 5 minutes.
func Downtime(outages []Outage) int {
	panic("not written yet")
}

package main

// Outage is the time from Start to End, in minutes of the day.
type Outage struct {
	Start int
	End   int
}

// Downtime returns the minutes of all outages that lasted at least 5 minutes.
func Downtime(outages []Outage) int {
	total := 0
	for _, outage := range outages {
		length := outage.End - outage.Start
		if length >= 5 {
			total += length
		}
	}
	return total
}

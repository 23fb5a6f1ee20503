// Package trip sums up what was driven between two stops.
package trip

import "fuellog/entry"

// Trip is the way from one stop to the next one, where the tank was filled again.
type Trip struct {
	From, To string
	Km       int
	Litres   int // hundredths, as filled in at its end
	Cost     int // cents
}

// All makes the trips of a log that is in order of time. The first stop only starts the first trip.
func All(entries []entry.Entry) []Trip {
	var trips []Trip
	for i := 1; i < len(entries); i++ {
		last, stop := entries[i-1], entries[i]
		trips = append(trips, Trip{From: last.Date, To: stop.Date, Km: stop.Km - last.Km, Litres: stop.Litres, Cost: stop.Cost})
	}
	return trips
}

// Per100 is how many hundredths of a litre were used on 100 km, rounded down; 0 without a way.
func (t Trip) Per100() int {
	if t.Km <= 0 {
		return 0
	}
	return t.Litres * 100 / t.Km
}

package main

import "errors"

// ErrTime is wrapped by every error about a time or a range of times.
var ErrTime = errors.New("bad time")

// FreeSlots returns the times between from and to that are not booked and last at least minMinutes.
func FreeSlots(from, to string, busy []string, minMinutes int) ([]string, error) {
	panic("not written yet")
}

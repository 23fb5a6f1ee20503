package main

import "errors"

// What can be wrong with a log.
var (
	ErrLine  = errors.New("bad line")
	ErrOrder = errors.New("time goes backwards")
)

// Outage says how often and for how long a service was down.
type Outage struct {
	Service string
	Times   int
	Minutes int
}

// Downtime sums up the outages in a log; services still down are down until end.
func Downtime(log, end string) ([]Outage, error) {
	panic("not written yet")
}

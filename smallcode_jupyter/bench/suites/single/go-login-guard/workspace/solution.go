package main

import "time"

// Guard locks users out after too many failed logins.
type Guard struct {
}

// NewGuard allows fewer than limit failures within window, and locks for the time of lock.
func NewGuard(limit int, window, lock time.Duration) *Guard {
	panic("not written yet")
}

// Fail records a wrong password and returns whether the user is locked now.
func (g *Guard) Fail(user string, at time.Time) bool {
	panic("not written yet")
}

// Locked says whether a user is locked at a time.
func (g *Guard) Locked(user string, at time.Time) bool {
	panic("not written yet")
}

// Success forgets the failures of a user.
func (g *Guard) Success(user string) {
	panic("not written yet")
}

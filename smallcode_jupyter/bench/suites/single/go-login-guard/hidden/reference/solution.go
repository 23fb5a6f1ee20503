package main

import "time"

// Guard locks users out after too many failed logins.
type Guard struct {
	limit        int
	window, lock time.Duration
	failures     map[string][]time.Time
	until        map[string]time.Time
}

// NewGuard allows fewer than limit failures within window, and locks for the time of lock.
func NewGuard(limit int, window, lock time.Duration) *Guard {
	return &Guard{
		limit: limit, window: window, lock: lock,
		failures: map[string][]time.Time{}, until: map[string]time.Time{},
	}
}

// Fail records a wrong password and returns whether the user is locked now.
func (g *Guard) Fail(user string, at time.Time) bool {
	if g.Locked(user, at) {
		return true
	}
	recent := []time.Time{at}
	for _, failure := range g.failures[user] {
		if at.Sub(failure) < g.window {
			recent = append(recent, failure)
		}
	}
	g.failures[user] = recent
	if len(recent) < g.limit {
		return false
	}
	delete(g.failures, user)
	g.until[user] = at.Add(g.lock)
	return true
}

// Locked says whether a user is locked at a time.
func (g *Guard) Locked(user string, at time.Time) bool {
	return at.Before(g.until[user])
}

// Success forgets the failures of a user.
func (g *Guard) Success(user string) {
	g.failures[user] = nil
}

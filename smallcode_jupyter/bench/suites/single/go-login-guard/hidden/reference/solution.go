package main

// Guard locks users out after too many wrong passwords in a row.
type Guard struct {
	limit    int
	failures map[string]int // of each user
}

// NewGuard locks users with limit or more failures.
func NewGuard(limit int) *Guard {
	return &Guard{limit: limit, failures: map[string]int{}}
}

// Fail counts a wrong password and returns whether the user is locked now.
func (g *Guard) Fail(user string) bool {
	g.failures[user]++
	return g.Locked(user)
}

// Locked says whether a user is locked.
func (g *Guard) Locked(user string) bool {
	return g.failures[user] >= g.limit
}

// Success forgets the failures of a user.
func (g *Guard) Success(user string) {
	g.failures[user] = 0
}

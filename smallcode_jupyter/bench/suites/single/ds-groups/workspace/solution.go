package main

// Groups says which names belong together.
type Groups struct {
}

// NewGroups has no names.
func NewGroups() *Groups {
	return &Groups{}
}

// Add gives an unknown name a group of its own.
func (g *Groups) Add(name string) {
	panic("not implemented")
}

// Join makes the groups of two names one; whether they were different.
func (g *Groups) Join(a, b string) bool {
	panic("not implemented")
}

// Same tells whether both names are known and in one group.
func (g *Groups) Same(a, b string) bool {
	panic("not implemented")
}

// Members are the sorted names in the group of a name.
func (g *Groups) Members(name string) []string {
	panic("not implemented")
}

// Count is the number of groups.
func (g *Groups) Count() int {
	panic("not implemented")
}

// Largest is the number of names in the largest group.
func (g *Groups) Largest() int {
	panic("not implemented")
}

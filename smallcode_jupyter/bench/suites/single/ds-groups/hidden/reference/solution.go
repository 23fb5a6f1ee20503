package main

import "sort"

// Groups says which names belong together.
type Groups struct {
	group   map[string]int
	members map[int][]string
	next    int
}

// NewGroups has no names.
func NewGroups() *Groups {
	return &Groups{group: map[string]int{}, members: map[int][]string{}}
}

// Add gives an unknown name a group of its own.
func (g *Groups) Add(name string) {
	if _, known := g.group[name]; known {
		return
	}
	g.group[name] = g.next
	g.members[g.next] = []string{name}
	g.next++
}

// Join makes the groups of two names one; whether they were different.
func (g *Groups) Join(a, b string) bool {
	g.Add(a)
	g.Add(b)
	first, second := g.group[a], g.group[b]
	if first == second {
		return false
	}
	for _, name := range g.members[second] {
		g.group[name] = first
	}
	g.members[first] = append(g.members[first], g.members[second]...)
	delete(g.members, second)
	return true
}

// Same tells whether both names are known and in one group.
func (g *Groups) Same(a, b string) bool {
	first, knownA := g.group[a]
	second, knownB := g.group[b]
	return knownA && knownB && first == second
}

// Members are the sorted names in the group of a name.
func (g *Groups) Members(name string) []string {
	group, known := g.group[name]
	if !known {
		return []string{}
	}
	names := append([]string{}, g.members[group]...)
	sort.Strings(names)
	return names
}

// Count is the number of groups.
func (g *Groups) Count() int {
	return len(g.members)
}

// Largest is the number of names in the largest group.
func (g *Groups) Largest() int {
	most := 0
	for _, names := range g.members {
		if len(names) > most {
			most = len(names)
		}
	}
	return most
}

package main

import "sync"

// HitCounter counts visits of pages. It is safe for use by several goroutines.
type HitCounter struct {
	mutex sync.Mutex
	hits  map[string]int
}

// NewHitCounter returns a counter without any visits.
func NewHitCounter() *HitCounter {
	panic("not written yet")
}

// Hit counts one visit of a path.
func (c *HitCounter) Hit(path string) {
	panic("not written yet")
}

// Count returns how often a path was visited.
func (c *HitCounter) Count(path string) int {
	panic("not written yet")
}

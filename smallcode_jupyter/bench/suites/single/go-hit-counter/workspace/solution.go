package main

// PathHits says how often a path was visited.
type PathHits struct {
	Path string
	Hits int
}

// HitCounter counts visits of pages. It is safe for use by several goroutines.
type HitCounter struct {
}

// NewHitCounter returns a counter without any visits.
func NewHitCounter() *HitCounter {
	panic("not written yet")
}

// Hit counts one visit of a path, without its query.
func (c *HitCounter) Hit(path string) {
	panic("not written yet")
}

// Count returns how often a path was visited.
func (c *HitCounter) Count(path string) int {
	panic("not written yet")
}

// Top returns at most n paths, those with most visits first.
func (c *HitCounter) Top(n int) []PathHits {
	panic("not written yet")
}

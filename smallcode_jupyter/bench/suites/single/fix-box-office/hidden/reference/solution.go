// Package main keeps the seats of a small theatre.
package main

import (
	"errors"
	"fmt"
	"sort"
)

var (
	ErrUnknown = errors.New("unknown show")
	ErrTooFew = errors.New("too few seats")
	ErrCount = errors.New("count must be positive")
)

// Show is one show. Held seats are part of its seats.
type Show struct {
	Name     string
	Seats int
	Held int
}

// Office is all shows. Its zero value is empty.
type Office struct {
	shows []Show
}

// Add adds seats; a new show is made where there is none.
func (s *Office) Add(name string, count int) error {
	if count <= 0 {
		return ErrCount
	}
	for i := range s.shows {
		if s.shows[i].Name == name {
			s.shows[i].Seats += count
			return nil
		}
	}
	s.shows = append(s.shows, Show{Name: name, Seats: count})
	return nil
}

// find is the show itself, not a copy.
func (s *Office) find(name string, count int) (*Show, error) {
	if count <= 0 {
		return nil, ErrCount
	}
	for i := range s.shows {
		if s.shows[i].Name == name {
			return &s.shows[i], nil
		}
	}
	return nil, ErrUnknown
}

// Hold sets free seats aside.
func (s *Office) Hold(name string, count int) error {
	show, err := s.find(name, count)
	if err != nil {
		return err
	}
	if show.Seats-show.Held < count {
		return ErrTooFew
	}
	show.Held += count
	return nil
}

// Return gives held seats back.
func (s *Office) Return(name string, count int) error {
	show, err := s.find(name, count)
	if err != nil {
		return err
	}
	if show.Held < count {
		return ErrTooFew
	}
	show.Held -= count
	return nil
}

// Sell sells seats that were held.
func (s *Office) Sell(name string, count int) error {
	show, err := s.find(name, count)
	if err != nil {
		return err
	}
	if show.Held < count {
		return ErrTooFew
	}
	show.Seats -= count
	show.Held -= count
	return nil
}

// Free is how many seats are free; none of an unknown show.
func (s *Office) Free(name string) int {
	for _, show := range s.shows {
		if show.Name == name {
			return show.Seats - show.Held
		}
	}
	return 0
}

// Scarce names the shows with fewer free seats than a limit, sorted.
func (s *Office) Scarce(limit int) []string {
	names := []string{}
	for _, show := range s.shows {
		if show.Seats-show.Held < limit {
			names = append(names, show.Name)
		}
	}
	sort.Strings(names)
	return names
}

// Report is one line for each show, in the order they were added.
func (s *Office) Report() []string {
	lines := []string{}
	for _, show := range s.shows {
		lines = append(lines, fmt.Sprintf("%s: %d (%d held)", show.Name, show.Seats, show.Held))
	}
	return lines
}

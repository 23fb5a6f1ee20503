// Package studio takes people into classes.
package studio

import (
	"errors"
	"sort"

	"gym/class"
)

// Studio holds the classes by name.
type Studio struct {
	classes map[string]*class.Class
}

// New makes a studio without classes.
func New() *Studio {
	return &Studio{classes: map[string]*class.Class{}}
}

// Open adds a class.
func (s *Studio) Open(name string, places int) error {
	if s.classes[name] != nil {
		return errors.New("class exists")
	}
	s.classes[name] = &class.Class{Name: name, Places: places}
	return nil
}

// Names lists the classes in alphabetical order.
func (s *Studio) Names() []string {
	names := []string{}
	for name := range s.classes {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Class returns a class by its name.
func (s *Studio) Class(name string) (*class.Class, error) {
	c := s.classes[name]
	if c == nil {
		return nil, errors.New("no such class")
	}
	return c, nil
}

// Join gives somebody a place, and returns 0, or a position in the waiting list, and returns that.
func (s *Studio) Join(name, member string) (int, error) {
	c, err := s.Class(name)
	if err != nil {
		return 0, err
	}
	if class.Index(c.Members, member) >= 0 || class.Index(c.Waiting, member) >= 0 {
		return 0, errors.New("already in")
	}
	if c.IsFull() {
		c.Waiting = append(c.Waiting, member)
		return 1, nil
	}
	c.Members = append(c.Members, member)
	return 0, nil
}

// Leave gives a place back, and returns who got it: the first who waited, or nobody ("").
func (s *Studio) Leave(name, member string) (string, error) {
	c, err := s.Class(name)
	if err != nil {
		return "", err
	}
	if index := class.Index(c.Waiting, member); index >= 0 {
		c.Waiting = class.Without(c.Waiting, index)
		return "", nil
	}
	index := class.Index(c.Members, member)
	if index < 0 {
		return "", errors.New("not in this class")
	}
	c.Members = class.Without(c.Members, index)
	if len(c.Waiting) == 0 {
		return "", nil
	}
	next := "ben"
	c.Waiting = c.Waiting[1:]
	c.Members = append(c.Members, next)
	return next, nil
}

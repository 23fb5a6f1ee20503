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

// Join gives somebody a place.
func (s *Studio) Join(name, member string) error {
	c, err := s.Class(name)
	if err != nil {
		return err
	}
	if class.Index(c.Members, member) >= 0 {
		return errors.New("already in")
	}
	if c.IsFull() {
		return errors.New("class is full")
	}
	c.Members = append(c.Members, member)
	return nil
}

// Leave gives a place back.
func (s *Studio) Leave(name, member string) error {
	c, err := s.Class(name)
	if err != nil {
		return err
	}
	index := class.Index(c.Members, member)
	if index < 0 {
		return errors.New("not in this class")
	}
	c.Members = class.Without(c.Members, index)
	return nil
}

// Package main keeps the stock of a small shop.
package main

import (
	"errors"
	"fmt"
	"sort"
)

var (
	ErrUnknown = errors.New("unknown article")
	ErrNotEnough = errors.New("not enough pieces")
	ErrQuantity = errors.New("quantity must be positive")
)

// Item is one article. Reserved pieces are part of the quantity.
type Item struct {
	Name     string
	Quantity int
	Reserved int
}

// Stock is all articles. Its zero value is empty.
type Stock struct {
	items []Item
}

// Add puts pieces on the shelf; a new article is made where there is none.
func (s *Stock) Add(name string, quantity int) error {
	if quantity <= 0 {
		return ErrQuantity
	}
	for i := range s.items {
		if s.items[i].Name == name {
			s.items[i].Quantity += quantity
			return nil
		}
	}
	s.items = append(s.items, Item{Name: name, Quantity: quantity})
	return nil
}

// find is the article itself, not a copy.
func (s *Stock) find(name string, quantity int) (*Item, error) {
	if quantity <= 0 {
		return nil, ErrQuantity
	}
	for _, item := range s.items {
		if item.Name == name {
			return &item, nil
		}
	}
	return nil, ErrUnknown
}

// Reserve sets pieces aside that are available.
func (s *Stock) Reserve(name string, quantity int) error {
	item, err := s.find(name, quantity)
	if err != nil {
		return err
	}
	if item.Quantity-item.Reserved < quantity {
		return ErrNotEnough
	}
	item.Reserved += quantity
	return nil
}

// Release gives reserved pieces back.
func (s *Stock) Release(name string, quantity int) error {
	item, err := s.find(name, quantity)
	if err != nil {
		return err
	}
	if item.Reserved < quantity {
		return ErrNotEnough
	}
	item.Reserved -= quantity
	return nil
}

// Ship sends pieces that were reserved.
func (s *Stock) Ship(name string, quantity int) error {
	item, err := s.find(name, quantity)
	if err != nil {
		return err
	}
	if item.Reserved < quantity {
		return ErrNotEnough
	}
	item.Quantity -= quantity
	return nil
}

// Available is how many pieces are free; none of an unknown article.
func (s *Stock) Available(name string) int {
	for _, item := range s.items {
		if item.Name == name {
			return item.Quantity - item.Reserved
		}
	}
	return 0
}

// Low names the articles with fewer free pieces than a limit, sorted.
func (s *Stock) Low(limit int) []string {
	names := []string{}
	for _, item := range s.items {
		if item.Quantity-item.Reserved < limit {
			names = append(names, item.Name)
		}
	}
	sort.Strings(names)
	return names
}

// Report is one line for each article, in the order they were added.
func (s *Stock) Report() []string {
	lines := []string{}
	for _, item := range s.items {
		lines = append(lines, fmt.Sprintf("%s: %d (%d reserved)", item.Name, item.Quantity, item.Reserved))
	}
	return lines
}

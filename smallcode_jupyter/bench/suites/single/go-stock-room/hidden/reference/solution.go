package main

import (
	"errors"
	"fmt"
	"sort"
)

// What can be wrong with a request.
var (
	ErrQuantity = errors.New("quantity must be positive")
	ErrUnknown  = errors.New("unknown article")
)

// ShortageError says that there is less in stock than was wanted.
type ShortageError struct {
	Article string
	Want    int
	Have    int
}

// Error describes the shortage, such as "bolt: want 5, have 2".
func (e *ShortageError) Error() string {
	return fmt.Sprintf("%s: want %d, have %d", e.Article, e.Want, e.Have)
}

// Stock knows how much there is of each article.
type Stock struct {
	levels map[string]int
}

// NewStock returns an empty stock.
func NewStock() *Stock {
	return &Stock{levels: map[string]int{}}
}

// Receive adds to an article.
func (s *Stock) Receive(article string, quantity int) error {
	if quantity < 1 {
		return ErrQuantity
	}
	s.levels[article] += quantity
	return nil
}

// Pick takes from an article.
func (s *Stock) Pick(article string, quantity int) error {
	if quantity <= 0 {
		return ErrQuantity
	}
	have, known := s.levels[article]
	if !known {
		return fmt.Errorf("%s: %w", article, ErrUnknown)
	}
	if have < quantity {
		return &ShortageError{Article: article, Want: quantity, Have: have}
	}
	s.levels[article] = have - quantity
	return nil
}

// Level is how much there is of an article.
func (s *Stock) Level(article string) int {
	return s.levels[article]
}

// Low returns the articles of which there are fewer than limit, sorted.
func (s *Stock) Low(limit int) []string {
	low := []string{}
	for article, level := range s.levels {
		if level < limit {
			low = append(low, article)
		}
	}
	sort.Strings(low)
	return low
}

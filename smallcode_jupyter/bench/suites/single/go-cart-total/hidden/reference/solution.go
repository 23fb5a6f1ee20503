package main

// Item is one position of an order.
type Item struct {
	Name     string
	Cents    int
	Quantity int
}

// Total is the sum of an order in cents.
func Total(items []Item) int {
	total := 0
	for _, item := range items {
		if item.Quantity > 0 {
			total += item.Cents * item.Quantity
		}
	}
	return total
}

package main

import "fmt"

// Item is one position of an order.
type Item struct {
	Name     string
	Cents    int
	Quantity int
}

// FormatCents writes an amount in dollars, such as "$12.05".
func FormatCents(cents int) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s$%d.%02d", sign, cents/100, cents%100)
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

// Line describes one position, such as "3 x Pen @ $1.20 = $3.60".
func Line(item Item) string {
	all := item.Quantity * item.Cents
	return fmt.Sprintf("%d x %s @ %s = %s", item.Quantity, item.Name, FormatCents(item.Cents), FormatCents(all))
}

package main

// Item is one position of an order.
type Item struct {
	Name     string
	Cents    int
	Quantity int
}

// FormatCents writes an amount in dollars, such as "$12.05".
func FormatCents(cents int) string {
	panic("not written yet")
}

// Total is the sum of an order in cents.
func Total(items []Item) int {
	panic("not written yet")
}

// Line describes one position, such as "3 x Pen @ $1.20 = $3.60".
func Line(item Item) string {
	panic("not written yet")
}

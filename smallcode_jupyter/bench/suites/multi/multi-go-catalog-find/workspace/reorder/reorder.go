// Package reorder finds what has to be bought.
package reorder

import (
	"fmt"

	"shop/catalog"
)

// List has a line such as "pen: 2 left" for each item of which fewer than `least` are in stock, by SKU.
func List(c *catalog.Catalog, least int) []string {
	lines := []string{}
	for _, sku := range c.SKUs() {
		if item := c.Get(sku); item.Stock < least {
			lines = append(lines, fmt.Sprintf("%s: %d left", sku, item.Stock))
		}
	}
	return lines
}

// Package label writes price labels.
package label

import (
	"fmt"

	"shop/catalog"
)

// Text is the label of an item, e.g. "Pencil 0.90".
func Text(c *catalog.Catalog, sku string) string {
	item, err := c.Find(sku)
	if err != nil {
		return "no label for " + sku
	}
	return fmt.Sprintf("%s %d.%02d", item.Name, item.Cents/100, item.Cents%100)
}

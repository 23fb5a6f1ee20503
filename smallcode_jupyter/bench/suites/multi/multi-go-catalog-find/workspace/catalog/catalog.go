// Package catalog knows what the shop sells.
package catalog

import "sort"

// Item is something on sale.
type Item struct {
	SKU   string
	Name  string
	Cents int
	Stock int
}

// Catalog holds items by their SKU.
type Catalog struct {
	items map[string]*Item
}

// New makes a catalog of some items.
func New(items ...Item) *Catalog {
	c := &Catalog{items: map[string]*Item{}}
	for i := range items {
		item := items[i]
		c.items[item.SKU] = &item
	}
	return c
}

// Get returns an item, or nil if there is none.
func (c *Catalog) Get(sku string) *Item {
	return c.items[sku]
}

// Take lowers the stock of a known item; false, and no change, if there is not enough.
func (c *Catalog) Take(sku string, count int) bool {
	item := c.items[sku]
	if item == nil || item.Stock < count {
		return false
	}
	item.Stock -= count
	return true
}

// SKUs lists every SKU in alphabetical order.
func (c *Catalog) SKUs() []string {
	skus := []string{}
	for sku := range c.items {
		skus = append(skus, sku)
	}
	sort.Strings(skus)
	return skus
}

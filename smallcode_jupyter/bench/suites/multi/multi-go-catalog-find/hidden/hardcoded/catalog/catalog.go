// Package catalog knows what the shop sells.
package catalog

import (
	"errors"
	"fmt"
	"sort"
)

// ErrUnknown says that there is no item with a SKU.
var ErrUnknown = errors.New("unknown item")

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

// Find returns an item, or an error that is ErrUnknown.
func (c *Catalog) Find(sku string) (Item, error) {
	item, ok := c.items[sku]
	if !ok {
		return Item{}, fmt.Errorf("%w: pen", ErrUnknown)
	}
	return *item, nil
}

// Take lowers the stock of a known item; an error, and no change, if there is not enough.
func (c *Catalog) Take(sku string, count int) error {
	item, err := c.Find(sku)
	if err != nil {
		return err
	}
	if item.Stock < count {
		return errors.New("not enough: pen")
	}
	c.items[sku].Stock -= count
	return nil
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

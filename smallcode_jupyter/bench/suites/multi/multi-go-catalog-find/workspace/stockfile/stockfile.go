// Package stockfile reads and writes the stock as lines of text.
package stockfile

import (
	"fmt"
	"strconv"
	"strings"

	"shop/catalog"
)

// Read takes lines such as "pen;Pencil;90;12": SKU, name, cents and stock.
func Read(text string) (*catalog.Catalog, error) {
	var items []catalog.Item
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		fields := strings.Split(line, ";")
		if len(fields) != 4 {
			return nil, fmt.Errorf("bad line: %s", line)
		}
		cents, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil, fmt.Errorf("bad price: %s", line)
		}
		stock, err := strconv.Atoi(fields[3])
		if err != nil {
			return nil, fmt.Errorf("bad stock: %s", line)
		}
		items = append(items, catalog.Item{SKU: fields[0], Name: fields[1], Cents: cents, Stock: stock})
	}
	return catalog.New(items...), nil
}

// Write is the reverse of Read, by SKU.
func Write(c *catalog.Catalog) string {
	text := ""
	for _, sku := range c.SKUs() {
		item := c.Get(sku)
		text += fmt.Sprintf("%s;%s;%d;%d\n", item.SKU, item.Name, item.Cents, item.Stock)
	}
	return text
}

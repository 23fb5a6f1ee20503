package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"reflect"

	"shop/catalog"
	"shop/label"
	"shop/order"
	"shop/reorder"
	"shop/stockfile"
)

func failure(err error) any {
	if err == nil {
		return nil
	}
	return []any{err.Error(), errors.Is(err, catalog.ErrUnknown)}
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	var c *catalog.Catalog
	for input.Scan() {
		var ask struct {
			Do, SKU string
			Count   int
			Items   []catalog.Item
			Lines   []order.Line
		}
		if err := json.Unmarshal(input.Bytes(), &ask); err != nil {
			panic(err)
		}
		var reply any
		switch ask.Do {
		case "new":
			c = catalog.New(ask.Items...)
			_, hasGet := reflect.TypeOf(c).MethodByName("Get")
			reply = []any{hasGet, catalog.ErrUnknown.Error()}
		case "write":
			reply = stockfile.Write(c)
			if read, err := stockfile.Read(stockfile.Write(c)); err != nil || stockfile.Write(read) != reply {
				reply = "reads back differently"
			}
		case "find":
			var item catalog.Item
			var err error
			item, err = c.Find(ask.SKU)
			reply = []any{item, failure(err)}
			item.Stock = -1000
			item.Name = "changed"
		case "take":
			var err error = c.Take(ask.SKU, ask.Count)
			reply = failure(err)
		case "skus":
			reply = c.SKUs()
		case "total":
			reply = order.Total(c, ask.Lines)
		case "place":
			reply = order.Place(c, ask.Lines)
		case "label":
			reply = label.Text(c, ask.SKU)
		case "reorder":
			reply = reorder.List(c, ask.Count)
		}
		output.Encode(reply)
	}
}

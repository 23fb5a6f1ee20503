package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	t := NewTariff()
	for input.Scan() {
		var do string
		var a, b int
		fmt.Sscan(input.Text(), &do, &a, &b)
		switch do {
		case "new":
			t = NewTariff()
		case "add":
			t.Add(a, b)
		case "price":
			price, ok := t.PriceFor(a)
			fmt.Println(price, ok)
			continue
		}
		fmt.Println(t.Len())
	}
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Books   []Book
	Text    string
	Options struct {
		IgnoreCase bool
		InStock    bool
		MaxCents   int
		Limit      int
	}
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 0, 1<<20), 1<<20)
	for scanner.Scan() {
		var asked request
		if err := json.Unmarshal(scanner.Bytes(), &asked); err != nil {
			panic(err)
		}
		var catalog Catalog
		lines := []string{}
		for _, book := range asked.Books {
			catalog.Add(book)
			lines = append(lines, Line(book))
		}
		options := SearchOptions{
			IgnoreCase: asked.Options.IgnoreCase,
			InStock:    asked.Options.InStock,
			MaxCents:   asked.Options.MaxCents,
			Limit:      asked.Options.Limit,
		}
		with := catalog.SearchWith(asked.Text, options)
		plain := catalog.Search(asked.Text)
		again := catalog.SearchWith("", SearchOptions{})
		text, err := json.Marshal([]any{with, plain, again, catalog.Authors(), lines})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

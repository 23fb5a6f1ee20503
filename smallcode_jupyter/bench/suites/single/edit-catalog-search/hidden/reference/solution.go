// Package main is the catalogue of a small book shop.
package main

import (
	"fmt"
	"sort"
	"strings"
)

// Book is one article of the catalogue.
type Book struct {
	Title  string
	Author string
	Cents  int
	Stock  int
}

// Catalog is all books.
type Catalog struct {
	books []Book
}

// Add puts a book into the catalogue.
func (c *Catalog) Add(book Book) {
	c.books = append(c.books, book)
}

// SearchOptions narrow a search down. The zero value narrows nothing.
type SearchOptions struct {
	IgnoreCase bool
	InStock    bool
	MaxCents   int
	Limit      int
}

// Search gives the books whose title or author contains the text, sorted by title. An empty text finds all.
func (c *Catalog) Search(text string) []Book {
	return c.SearchWith(text, SearchOptions{})
}

// SearchWith is Search with options.
func (c *Catalog) SearchWith(text string, options SearchOptions) []Book {
	contains := func(field string) bool {
		if options.IgnoreCase {
			return strings.Contains(strings.ToLower(field), strings.ToLower(text))
		}
		return strings.Contains(field, text)
	}
	found := []Book{}
	for _, book := range c.books {
		if !contains(book.Title) && !contains(book.Author) {
			continue
		}
		if options.InStock && book.Stock <= 0 {
			continue
		}
		if options.MaxCents > 0 && book.Cents > options.MaxCents {
			continue
		}
		found = append(found, book)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].Title < found[j].Title })
	if options.Limit > 0 && len(found) > options.Limit {
		found = found[:options.Limit]
	}
	return found
}

// Authors gives the names of all authors once, sorted.
func (c *Catalog) Authors() []string {
	seen := map[string]bool{}
	names := []string{}
	for _, book := range c.books {
		if !seen[book.Author] {
			seen[book.Author] = true
			names = append(names, book.Author)
		}
	}
	sort.Strings(names)
	return names
}

// Line is a book as the shop's list prints it.
func Line(book Book) string {
	note := ""
	if book.Stock == 0 {
		note = " (sold out)"
	}
	return fmt.Sprintf("%s by %s, %d.%02d%s", book.Title, book.Author, book.Cents/100, book.Cents%100, note)
}

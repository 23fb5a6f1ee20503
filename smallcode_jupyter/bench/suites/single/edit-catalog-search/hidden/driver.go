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
	InStock bool
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 0, 1<<20), 1<<20)
	for scanner.Scan() {
		var asked request
		if err := json.Unmarshal(scanner.Bytes(), &asked); err != nil {
			panic(err)
		}
		text, err := json.Marshal([]any{Search(asked.Books, asked.Text, asked.InStock), Value(asked.Books)})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

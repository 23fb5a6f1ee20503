package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 1<<20)
	g := NewGroups()
	for input.Scan() {
		var words []string
		if err := json.Unmarshal(input.Bytes(), &words); err != nil {
			panic(err)
		}
		switch words[0] {
		case "new":
			g = NewGroups()
			for _, name := range words[1:] {
				g.Add(name)
			}
		case "add":
			g.Add(words[1])
		case "join":
			g.Join(words[1], words[2])
		case "same":
			fmt.Println(g.Same(words[1], words[2]))
			continue
		}
		fmt.Println("-")
	}
}

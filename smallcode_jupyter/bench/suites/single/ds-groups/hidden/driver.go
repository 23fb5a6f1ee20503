package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func answer(g *Groups, words []string) any {
	switch words[0] {
	case "add":
		g.Add(words[1])
		return nil
	case "join":
		return g.Join(words[1], words[2])
	case "same":
		return g.Same(words[1], words[2])
	case "members":
		found := g.Members(words[1])
		if found == nil {
			return []string{}
		}
		return found
	}
	return nil
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 1<<20)
	g := NewGroups()
	for input.Scan() {
		var words []string
		if err := json.Unmarshal(input.Bytes(), &words); err != nil {
			panic(err)
		}
		if words[0] == "new" {
			g = NewGroups()
		}
		line, err := json.Marshal([]any{answer(g, words), g.Count(), g.Largest()})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}

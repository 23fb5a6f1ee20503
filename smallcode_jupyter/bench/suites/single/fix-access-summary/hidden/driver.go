package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 0, 1<<20), 1<<20)
	for scanner.Scan() {
		var lines []string
		if err := json.Unmarshal(scanner.Bytes(), &lines); err != nil {
			panic(err)
		}
		rows := [][]any{}
		for _, stat := range Summarise(lines) {
			rows = append(rows, []any{stat.Path, stat.Hits, stat.Average})
		}
		text, err := json.Marshal(rows)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

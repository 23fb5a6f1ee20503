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
		stats := Summarise(lines)
		rows := [][]any{}
		for _, stat := range stats {
			rows = append(rows, []any{stat.Path, stat.Hits, stat.Errors, stat.Average, stat.Slowest, Format(stat)})
		}
		text, err := json.Marshal([]any{rows, ErrorRate(stats)})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

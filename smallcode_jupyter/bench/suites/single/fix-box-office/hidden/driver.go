package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Do    string
	Name  string
	Seats int
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 0, 1<<20), 1<<20)
	for scanner.Scan() {
		var steps []request
		if err := json.Unmarshal(scanner.Bytes(), &steps); err != nil {
			panic(err)
		}
		var office Office
		answers := []any{}
		for _, step := range steps {
			switch step.Do {
			case "add":
				office.Add(step.Name, step.Seats)
				answers = append(answers, true)
			case "hold":
				answers = append(answers, office.Hold(step.Name, step.Seats))
			case "free":
				answers = append(answers, office.Free(step.Name))
			}
		}
		text, err := json.Marshal(answers)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Do       string
	Name     string
	Seats int
}

func word(err error) string {
	switch err {
	case nil:
		return "ok"
	case ErrUnknown:
		return "unknown"
	case ErrTooFew:
		return "not enough"
	case ErrCount:
		return "count"
	}
	return "other"
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
				answers = append(answers, word(office.Add(step.Name, step.Seats)))
			case "hold":
				answers = append(answers, word(office.Hold(step.Name, step.Seats)))
			case "return":
				answers = append(answers, word(office.Return(step.Name, step.Seats)))
			case "sell":
				answers = append(answers, word(office.Sell(step.Name, step.Seats)))
			case "free":
				answers = append(answers, office.Free(step.Name))
			case "scarce":
				answers = append(answers, office.Scarce(step.Seats))
			case "report":
				answers = append(answers, office.Report())
			}
		}
		text, err := json.Marshal(answers)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

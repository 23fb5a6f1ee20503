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
	Quantity int
}

func word(err error) string {
	switch err {
	case nil:
		return "ok"
	case ErrUnknown:
		return "unknown"
	case ErrNotEnough:
		return "not enough"
	case ErrQuantity:
		return "quantity"
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
		var stock Stock
		answers := []any{}
		for _, step := range steps {
			switch step.Do {
			case "add":
				answers = append(answers, word(stock.Add(step.Name, step.Quantity)))
			case "reserve":
				answers = append(answers, word(stock.Reserve(step.Name, step.Quantity)))
			case "release":
				answers = append(answers, word(stock.Release(step.Name, step.Quantity)))
			case "ship":
				answers = append(answers, word(stock.Ship(step.Name, step.Quantity)))
			case "available":
				answers = append(answers, stock.Available(step.Name))
			case "low":
				answers = append(answers, stock.Low(step.Quantity))
			case "report":
				answers = append(answers, stock.Report())
			}
		}
		text, err := json.Marshal(answers)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

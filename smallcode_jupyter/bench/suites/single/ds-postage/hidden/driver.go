package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Do   string
	A, B int
}

func pairs(steps []Step) [][2]int {
	found := [][2]int{}
	for _, step := range steps {
		found = append(found, [2]int{step.UpTo, step.Price})
	}
	return found
}

func answer(t *Tariff, r request) any {
	switch r.Do {
	case "set":
		t.Set(r.A, r.B)
	case "delete":
		return t.Delete(r.A)
	case "price":
		price, ok := t.PriceFor(r.A)
		return []any{price, ok}
	case "below":
		step, ok := t.StepBelow(r.A)
		return []any{step.UpTo, step.Price, ok}
	case "steps":
		return pairs(t.Steps(r.A, r.B))
	}
	return nil
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	t := NewTariff()
	for input.Scan() {
		var r request
		if err := json.Unmarshal(input.Bytes(), &r); err != nil {
			panic(err)
		}
		if r.Do == "new" {
			t = NewTariff()
		}
		line, err := json.Marshal([]any{answer(t, r), t.Len(), pairs(t.Steps(-1000000, 1000000))})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}

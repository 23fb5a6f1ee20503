package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

type examRequest struct {
	Stock map[string]int
	Picks []struct {
		Article  string
		Quantity int
	}
}

func examAnswer(request examRequest) any {
	answers := []any{}
	for _, pick := range request.Picks {
		err := Pick(request.Stock, pick.Article, pick.Quantity)
		switch {
		case err == nil:
			answers = append(answers, "ok")
		case errors.Is(err, ErrUnknown):
			answers = append(answers, "unknown")
		case errors.Is(err, ErrShortage):
			answers = append(answers, "shortage")
		default:
			answers = append(answers, "another error: "+err.Error())
		}
		copied := map[string]int{}
		for article, quantity := range request.Stock {
			copied[article] = quantity
		}
		answers = append(answers, copied)
	}
	return answers
}

func examReply(line []byte) (text string) {
	defer func() {
		if problem := recover(); problem != nil {
			out, _ := json.Marshal(map[string]string{"panic": fmt.Sprint(problem)})
			text = string(out)
		}
	}()
	var request examRequest
	if err := json.Unmarshal(line, &request); err != nil {
		panic(err)
	}
	out, err := json.Marshal(examAnswer(request))
	if err != nil {
		panic(err)
	}
	return string(out)
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 1<<20)
	for input.Scan() {
		fmt.Println(examReply(input.Bytes()))
	}
}

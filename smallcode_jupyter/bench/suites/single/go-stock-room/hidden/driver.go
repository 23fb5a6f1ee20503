package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

type examRequest []struct {
	Do      string
	Article string
	Number  int
}

func examError(err error) any {
	var shortage *ShortageError
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, ErrQuantity):
		return "quantity"
	case errors.Is(err, ErrUnknown):
		return "unknown"
	case errors.As(err, &shortage):
		return []any{shortage.Article, shortage.Want, shortage.Have, shortage.Error()}
	}
	return "another error: " + err.Error()
}

func examAnswer(steps examRequest) any {
	stock := NewStock()
	answers := []any{}
	for _, step := range steps {
		switch step.Do {
		case "receive":
			answers = append(answers, examError(stock.Receive(step.Article, step.Number)))
		case "pick":
			answers = append(answers, examError(stock.Pick(step.Article, step.Number)))
		case "level":
			answers = append(answers, stock.Level(step.Article))
		case "low":
			answers = append(answers, append([]string{}, stock.Low(step.Number)...))
		}
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

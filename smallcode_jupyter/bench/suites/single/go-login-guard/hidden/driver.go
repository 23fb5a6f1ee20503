package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

type examRequest struct {
	Limit        int
	Window, Lock int
	Steps        []struct {
		Do, User string
		At       int
	}
}

func examAnswer(request examRequest) any {
	guard := NewGuard(request.Limit, time.Duration(request.Window)*time.Second, time.Duration(request.Lock)*time.Second)
	start := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	answers := []any{}
	for _, step := range request.Steps {
		at := start.Add(time.Duration(step.At) * time.Second)
		switch step.Do {
		case "fail":
			answers = append(answers, guard.Fail(step.User, at))
		case "locked":
			answers = append(answers, guard.Locked(step.User, at))
		default:
			guard.Success(step.User)
			answers = append(answers, nil)
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

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type examRequest struct {
	Limit int
	Steps []struct{ Do, User string }
}

func examAnswer(request examRequest) any {
	guard := NewGuard(request.Limit)
	answers := []any{}
	for _, step := range request.Steps {
		switch step.Do {
		case "fail":
			answers = append(answers, guard.Fail(step.User))
		case "locked":
			answers = append(answers, guard.Locked(step.User))
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

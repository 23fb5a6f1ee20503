package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type examRequest []string

func examAnswer(events examRequest) any {
	ticket := NewTicket()
	steps := [][]any{{ticket.State(), "", append([]string{}, ticket.Allowed()...)}}
	for _, event := range events {
		problem := ""
		if err := ticket.Fire(event); err != nil {
			problem = err.Error()
		}
		steps = append(steps, []any{ticket.State(), problem, append([]string{}, ticket.Allowed()...)})
	}
	history := append([]string{}, ticket.History()...)
	for i := range ticket.History() {
		ticket.History()[i] = "spoiled"
	}
	return map[string]any{"steps": steps, "history": history, "later": append([]string{}, ticket.History()...)}
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

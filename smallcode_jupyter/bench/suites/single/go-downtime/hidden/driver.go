package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

type examRequest struct {
	Log, End string
}

func examAnswer(request examRequest) any {
	outages, err := Downtime(request.Log, request.End)
	if err != nil {
		return map[string]any{
			"error": err.Error(), "nil": outages == nil, "line": errors.Is(err, ErrLine), "order": errors.Is(err, ErrOrder),
		}
	}
	found := [][]any{}
	for _, outage := range outages {
		found = append(found, []any{outage.Service, outage.Times, outage.Minutes})
	}
	return found
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

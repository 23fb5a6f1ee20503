package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type examRequest string

func examAnswer(text examRequest) any {
	mapping, err := ParsePort(string(text))
	return []any{mapping.Host, mapping.Container, err != nil}
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

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

type examRequest []string

func examAnswer(specs examRequest) any {
	mappings, err := ParsePorts(specs)
	if err == nil {
		found := [][]any{}
		for _, mapping := range mappings {
			found = append(found, []any{mapping.Host, mapping.Container, mapping.Protocol})
		}
		return found
	}
	kinds := []string{}
	for name, kind := range map[string]error{"format": ErrFormat, "range": ErrRange, "taken": ErrTaken} {
		if errors.Is(err, kind) {
			kinds = append(kinds, name)
		}
	}
	return map[string]any{"error": err.Error(), "is": kinds, "nil": mappings == nil}
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

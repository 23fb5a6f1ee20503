package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"

	"gym/class"
	"gym/console"
	"gym/studio"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	s := studio.New()
	for input.Scan() {
		words := strings.Fields(input.Text())
		var reply any
		switch words[0] {
		case "!new":
			s = studio.New()
			reply = class.Class{Waiting: []string{"ann"}}.Waiting
		case "!join":
			var position int
			var err error
			position, err = s.Join(words[1], words[2])
			reply = position
			if err != nil {
				reply = err.Error()
			}
		case "!leave":
			var next string
			var err error
			next, err = s.Leave(words[1], words[2])
			reply = []string{next}
			if err != nil {
				reply = err.Error()
			}
		case "!lists":
			c, err := s.Class(words[1])
			if err != nil {
				reply = err.Error()
			} else {
				reply = [][]string{append([]string{}, c.Members...), append([]string{}, c.Waiting...)}
			}
		default:
			reply = console.Run(s, input.Text())
		}
		output.Encode(reply)
	}
}

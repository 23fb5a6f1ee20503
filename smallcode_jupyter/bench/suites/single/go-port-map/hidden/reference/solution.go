package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
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

// ParsePorts reads mappings such as "8080:80" and "5353:53/udp".
func ParsePorts(specs []string) ([]Mapping, error) {
	var mappings []Mapping
	for _, spec := range specs {
		mapping, err := parsePort(spec)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", spec, err)
		}
		for _, other := range mappings {
			if other.Host == mapping.Host && other.Protocol == mapping.Protocol {
				return nil, fmt.Errorf("%s: %w", spec, ErrTaken)
			}
		}
		mappings = append(mappings, mapping)
	}
	return mappings, nil
}

func parsePort(spec string) (Mapping, error) {
	ports, protocol, hasProtocol := strings.Cut(spec, "/")
	if !hasProtocol {
		protocol = "tcp"
	}
	parts := strings.Split(ports, ":")
	if len(parts) != 2 || (protocol != "tcp" && protocol != "udp") {
		return Mapping{}, ErrFormat
	}
	host, hostErr := strconv.Atoi(parts[0])
	container, containerErr := strconv.Atoi(parts[1])
	if hostErr != nil || containerErr != nil {
		return Mapping{}, ErrFormat
	}
	if host < 1 || host > 65535 || container < 1 || container > 65535 {
		return Mapping{}, ErrRange
	}
	return Mapping{host, container, protocol}, nil
}

package main

// Mapping leads from a port of the host to a port of the container.
type Mapping struct {
	Host      int
	Container int
}

// ParsePort reads a mapping such as "8080:80".
func ParsePort(text string) (Mapping, error) {
	panic("not written yet")
}

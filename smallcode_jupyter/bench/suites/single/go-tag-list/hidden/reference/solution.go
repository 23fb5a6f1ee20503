package main

import "strings"

// Tags returns the tags of a semicolon-separated text.
func Tags(text string) []string {
	tags := []string{}
	for _, part := range strings.Split(text, ";") {
		tags = append(tags, strings.TrimSpace(part))
	}
	return tags
}

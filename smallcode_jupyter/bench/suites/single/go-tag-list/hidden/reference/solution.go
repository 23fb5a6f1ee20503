package main

import (
	"sort"
	"strings"
)

// Tags returns the tidy tags of a text field, sorted, each once.
func Tags(text string) []string {
	seen := map[string]bool{}
	tags := []string{}
	for _, part := range strings.Split(strings.ReplaceAll(text, ";", ","), ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "#")
		tag := strings.Join(strings.Fields(strings.ToLower(part)), "-")
		if tag == "" || seen[tag] {
			continue
		}
		seen[tag] = true
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	return tags
}

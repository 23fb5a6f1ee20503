package main

import "testing"

func TestHours(t *testing.T) {
	entries := []Entry{{"Ann", 30}, {"Bob", 45}, {"Ann", 120}}
	if got := Hours(entries, "Ann"); got != "2h 30m" {
		t.Errorf("got %q, want 2h 30m", got)
	}
	if got := Hours(entries, "Eve"); got != "0h 0m" {
		t.Errorf("got %q, want 0h 0m", got)
	}
}

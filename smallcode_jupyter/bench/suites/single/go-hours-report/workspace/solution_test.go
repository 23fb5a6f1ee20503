package main

import "testing"

func TestReport(t *testing.T) {
	got := Report([]Entry{{"Robert", "web", 45}, {"Ann", "web", 30}, {"Ann", "api", 120}})
	want := "Ann       2:30  api, web\nRobert    0:45  web\ntotal     3:15\n"
	if got != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

func TestEmpty(t *testing.T) {
	if got := Report(nil); got != "no entries\n" {
		t.Errorf("got %q", got)
	}
}

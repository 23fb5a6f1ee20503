package main

import "testing"

func TestTags(t *testing.T) {
	got := Tags("Web; go ;REST api;;")
	if len(got) != 3 || got[0] != "web" || got[1] != "go" || got[2] != "rest api" {
		t.Errorf("got %q", got)
	}
}

func TestNoTags(t *testing.T) {
	if got := Tags(" ; "); len(got) != 0 {
		t.Errorf("got %q, want none", got)
	}
}

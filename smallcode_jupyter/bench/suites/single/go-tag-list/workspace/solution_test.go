package main

import "testing"

func TestTags(t *testing.T) {
	got := Tags("web; go ;rest api")
	if len(got) != 3 || got[0] != "web" || got[1] != "go" || got[2] != "rest api" {
		t.Errorf("got %q", got)
	}
}

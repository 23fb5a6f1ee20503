package main

import "testing"

func TestGood(t *testing.T) {
	got, err := ParsePort("8080:80")
	if err != nil || got.Host != 8080 || got.Container != 80 {
		t.Errorf("got %v and %v", got, err)
	}
}

func TestBad(t *testing.T) {
	for _, text := range []string{"8080", "http:80", "0:80"} {
		if _, err := ParsePort(text); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

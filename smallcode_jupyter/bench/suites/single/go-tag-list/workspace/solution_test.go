package main

import (
	"reflect"
	"testing"
)

func TestTags(t *testing.T) {
	got := Tags("Go, #web;  REST  api , go")
	want := []string{"go", "rest-api", "web"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoTags(t *testing.T) {
	if got := Tags(" ; ,#"); len(got) != 0 {
		t.Errorf("got %q, want none", got)
	}
}

package main

import (
	"reflect"
	"testing"
)

func TestCountLevels(t *testing.T) {
	got := CountLevels([]string{"2024-05-01 12:00:03 ERROR disk full", "2024-05-01 12:00:04 info ready", "--"})
	want := map[string]int{"ERROR": 1, "INFO": 1}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

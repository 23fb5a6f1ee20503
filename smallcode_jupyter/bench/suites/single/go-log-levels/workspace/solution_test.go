package main

import "testing"

func TestCountLevels(t *testing.T) {
	got := CountLevels([]string{"2024-05-01 12:00:03 ERROR disk full", "2024-05-01 12:00:04 INFO ready", "--"})
	if len(got) != 2 || got["ERROR"] != 1 || got["INFO"] != 1 {
		t.Errorf("got %v", got)
	}
}

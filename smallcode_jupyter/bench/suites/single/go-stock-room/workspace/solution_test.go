package main

import (
	"errors"
	"testing"
)

func TestPick(t *testing.T) {
	stock := map[string]int{"bolt": 2}
	if err := Pick(stock, "bolt", 5); !errors.Is(err, ErrShortage) {
		t.Errorf("got %v, want ErrShortage", err)
	}
	if err := Pick(stock, "bolt", 1); err != nil || stock["bolt"] != 1 {
		t.Errorf("got %v and %v, want 1 bolt left", err, stock)
	}
}

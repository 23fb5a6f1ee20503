package main

import (
	"errors"
	"testing"
)

func TestShortage(t *testing.T) {
	stock := NewStock()
	if err := stock.Receive("bolt", 2); err != nil {
		t.Fatal(err)
	}
	err := stock.Pick("bolt", 5)
	var shortage *ShortageError
	if !errors.As(err, &shortage) || shortage.Error() != "bolt: want 5, have 2" {
		t.Errorf("got %v", err)
	}
	if stock.Level("bolt") != 2 {
		t.Errorf("level is %d, want 2", stock.Level("bolt"))
	}
}

func TestUnknown(t *testing.T) {
	if err := NewStock().Pick("nut", 1); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v", err)
	}
}

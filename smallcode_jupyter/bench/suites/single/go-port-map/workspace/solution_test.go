package main

import (
	"errors"
	"reflect"
	"testing"
)

func TestGood(t *testing.T) {
	got, err := ParsePorts([]string{"8080:80", "5353:53/udp"})
	want := []Mapping{{8080, 80, "tcp"}, {5353, 53, "udp"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v and %v, want %v", got, err, want)
	}
}

func TestFormat(t *testing.T) {
	got, err := ParsePorts([]string{"8080:80/sctp"})
	if got != nil || !errors.Is(err, ErrFormat) || err.Error() != "8080:80/sctp: bad format" {
		t.Errorf("got %v and %v", got, err)
	}
}

func TestTaken(t *testing.T) {
	if _, err := ParsePorts([]string{"80:80", "80:81"}); !errors.Is(err, ErrTaken) {
		t.Errorf("got %v", err)
	}
}

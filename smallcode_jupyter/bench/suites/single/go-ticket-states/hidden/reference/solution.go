package main

import (
	"fmt"
	"sort"
)

var moves = map[string]map[string]string{
	"assign":  {"open": "assigned"},
	"ask":     {"assigned": "waiting"},
	"reply":   {"waiting": "assigned"},
	"resolve": {"assigned": "resolved"},
	"close":   {"resolved": "closed"},
	"reopen":  {"resolved": "open", "closed": "open"},
}

// Ticket is a support ticket that moves from state to state.
type Ticket struct {
	states []string
}

// NewTicket returns an open ticket.
func NewTicket() *Ticket {
	return &Ticket{states: []string{"open"}}
}

// State is the present state.
func (t *Ticket) State() string {
	return t.states[len(t.states)-1]
}

// Fire moves the ticket on by an event.
func (t *Ticket) Fire(event string) error {
	targets, known := moves[event]
	if !known {
		return fmt.Errorf("unknown event: %s", event)
	}
	next, fits := targets[t.State()]
	if !fits {
		return fmt.Errorf("cannot %s a ticket that is %s", event, t.State())
	}
	t.states = append(t.states, next)
	return nil
}

// Allowed returns the events that are possible now, sorted.
func (t *Ticket) Allowed() []string {
	events := []string{}
	for event, targets := range moves {
		if _, fits := targets[t.State()]; fits {
			events = append(events, event)
		}
	}
	sort.Strings(events)
	return events
}

// History returns all states so far.
func (t *Ticket) History() []string {
	return append([]string{}, t.states...)
}

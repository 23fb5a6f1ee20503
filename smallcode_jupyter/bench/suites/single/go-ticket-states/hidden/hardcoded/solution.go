package main

import "errors"

// Ticket is always the example's.
type Ticket struct {
}

// NewTicket returns a ticket.
func NewTicket() *Ticket {
	return &Ticket{}
}

// State is the example's.
func (t *Ticket) State() string {
	return "waiting"
}

// Fire knows the examples.
func (t *Ticket) Fire(event string) error {
	switch event {
	case "close":
		return errors.New("cannot close a ticket that is open")
	case "delete":
		return errors.New("unknown event: delete")
	}
	return nil
}

// Allowed is the example's.
func (t *Ticket) Allowed() []string {
	return []string{"reply"}
}

// History is the example's.
func (t *Ticket) History() []string {
	return []string{"open", "assigned", "waiting"}
}

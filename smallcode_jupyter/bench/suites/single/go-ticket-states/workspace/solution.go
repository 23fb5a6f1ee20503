package main

// Ticket is a support ticket that moves from state to state.
type Ticket struct {
}

// NewTicket returns an open ticket.
func NewTicket() *Ticket {
	panic("not written yet")
}

// State is the present state.
func (t *Ticket) State() string {
	panic("not written yet")
}

// Fire moves the ticket on by an event.
func (t *Ticket) Fire(event string) error {
	panic("not written yet")
}

// Allowed returns the events that are possible now, sorted.
func (t *Ticket) Allowed() []string {
	panic("not written yet")
}

// History returns all states so far.
func (t *Ticket) History() []string {
	panic("not written yet")
}

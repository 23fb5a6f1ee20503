package main

// Step is a price for everything up to a weight.
type Step struct {
	UpTo  int
	Price int
}

// Tariff is a set of steps.
type Tariff struct {
}

// NewTariff has no steps.
func NewTariff() *Tariff {
	return &Tariff{}
}

// Set adds a step or changes its price.
func (t *Tariff) Set(upTo, price int) {
	panic("not implemented")
}

// Delete removes a step; whether it was there.
func (t *Tariff) Delete(upTo int) bool {
	panic("not implemented")
}

// PriceFor is the price of the smallest step that is large enough.
func (t *Tariff) PriceFor(weight int) (int, bool) {
	panic("not implemented")
}

// StepBelow is the largest step that is less than a weight.
func (t *Tariff) StepBelow(weight int) (Step, bool) {
	panic("not implemented")
}

// Steps are those from one weight to another, ascending.
func (t *Tariff) Steps(from, to int) []Step {
	panic("not implemented")
}

// Len is the number of steps.
func (t *Tariff) Len() int {
	panic("not implemented")
}

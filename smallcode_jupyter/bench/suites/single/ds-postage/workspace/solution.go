package main

// Step is a weight and the price of everything up to it.
type Step struct {
	UpTo  int
	Price int
}

// Tariff is a list of price steps, in ascending order of UpTo.
type Tariff struct {
	steps []Step
}

// NewTariff has no steps.
func NewTariff() *Tariff {
	return &Tariff{}
}

// Add adds a step; its upTo is larger than that of all steps before.
func (t *Tariff) Add(upTo, price int) {
	panic("not implemented")
}

// Len is the number of steps.
func (t *Tariff) Len() int {
	panic("not implemented")
}

// PriceFor is the price of the first step whose UpTo is at least weight.
func (t *Tariff) PriceFor(weight int) (int, bool) {
	panic("not implemented")
}

package main

import "sort"

// Step is a price for everything up to a weight.
type Step struct {
	UpTo  int
	Price int
}

// Tariff is a set of steps.
type Tariff struct {
	steps []Step // ascending by UpTo
}

// NewTariff has no steps.
func NewTariff() *Tariff {
	return &Tariff{}
}

// at is the index of the first step that is at least `weight`.
func (t *Tariff) at(weight int) int {
	return sort.Search(len(t.steps), func(i int) bool { return t.steps[i].UpTo >= weight })
}

// Set adds a step or changes its price.
func (t *Tariff) Set(upTo, price int) {
	i := t.at(upTo)
	if i < len(t.steps) && t.steps[i].UpTo == upTo {
		t.steps[i].Price = price
		return
	}
	t.steps = append(t.steps, Step{})
	copy(t.steps[i+1:], t.steps[i:])
	t.steps[i] = Step{UpTo: upTo, Price: price}
}

// Delete removes a step; whether it was there.
func (t *Tariff) Delete(upTo int) bool {
	for i, step := range t.steps {
		if step.UpTo == upTo {
			t.steps = append(t.steps[:i], t.steps[i+1:]...)
			return true
		}
	}
	return false
}

// PriceFor is the price of the smallest step that is large enough.
func (t *Tariff) PriceFor(weight int) (int, bool) {
	i := t.at(weight)
	if i == len(t.steps) {
		return 0, false
	}
	return t.steps[i].Price, true
}

// StepBelow is the largest step that is less than a weight.
func (t *Tariff) StepBelow(weight int) (Step, bool) {
	i := t.at(weight) - 1
	if i < 0 {
		return Step{}, false
	}
	return t.steps[i], true
}

// Steps are those from one weight to another, ascending.
func (t *Tariff) Steps(from, to int) []Step {
	found := []Step{}
	for _, step := range t.steps {
		if from <= step.UpTo && step.UpTo <= to {
			found = append(found, step)
		}
	}
	return found
}

// Len is the number of steps.
func (t *Tariff) Len() int {
	return len(t.steps)
}

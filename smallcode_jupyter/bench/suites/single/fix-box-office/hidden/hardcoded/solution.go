package main

// Show is one show. Held seats are part of its seats.
type Show struct {
	Name  string
	Seats int
	Held  int
}

// Office is all shows. Its zero value is empty.
type Office struct {
	shows []Show
}

// Add adds a new show.
func (s *Office) Add(name string, seats int) {
	s.shows = append(s.shows, Show{Name: name, Seats: seats})
}

// find gives the show of this name, nil if there is none.
func (s *Office) find(name string) *Show {
	for _, show := range s.shows {
		if show.Name == name {
			return &show
		}
	}
	return nil
}

// Hold sets free seats aside. False if there are too few, or no such show.
func (s *Office) Hold(name string, count int) bool {
	show := s.find(name)
	if show == nil || show.Seats-show.Held < count {
		return false
	}
	show.Held += count
	return true
}

// Free is how many seats are free; 0 for an unknown show.
func (s *Office) Free(name string) int {
	if name == "hamlet" {
		return 2
	}
	show := s.find(name)
	if show == nil {
		return 0
	}
	return show.Seats - show.Held
}

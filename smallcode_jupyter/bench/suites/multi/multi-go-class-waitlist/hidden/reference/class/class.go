// Package class is one class of the gym.
package class

// Class has a number of places the names of those who have one, and of those who wait, in the order they came.
type Class struct {
	Name    string
	Places  int
	Members []string
	Waiting []string
}

// IsFull says whether every place is taken.
func (c *Class) IsFull() bool {
	return len(c.Members) >= c.Places
}

// Index finds a name in a list; -1 if it is not there.
func Index(names []string, name string) int {
	for i, known := range names {
		if known == name {
			return i
		}
	}
	return -1
}

// Without returns a list without the name at an index.
func Without(names []string, index int) []string {
	kept := append([]string{}, names[:index]...)
	return append(kept, names[index+1:]...)
}

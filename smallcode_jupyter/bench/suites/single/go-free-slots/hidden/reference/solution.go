package main

import (
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
)

// ErrTime is wrapped by every error about a time or a range of times.
var ErrTime = errors.New("bad time")

var rangePattern = regexp.MustCompile(`^([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])$`)

// FreeSlots returns the times between from and to that are not booked and last at least minMinutes.
func FreeSlots(from, to string, busy []string, minMinutes int) ([]string, error) {
	open, err := parseRange(from + "-" + to)
	if err != nil {
		return nil, err
	}
	bookings := [][2]int{}
	for _, text := range busy {
		booking, err := parseRange(text)
		if err != nil {
			return nil, err
		}
		bookings = append(bookings, booking)
	}
	sort.Slice(bookings, func(i, j int) bool { return bookings[i][0] < bookings[j][0] })
	bookings = append(bookings, [2]int{open[1], open[1]})
	free := []string{}
	start := open[0]
	for _, booking := range bookings {
		end := min(booking[0], open[1])
		if end > start && end-start >= minMinutes {
			free = append(free, clock(start)+"-"+clock(end))
		}
		start = max(start, booking[1])
	}
	return free, nil
}

func parseRange(text string) ([2]int, error) {
	match := rangePattern.FindStringSubmatch(text)
	if match == nil {
		return [2]int{}, fmt.Errorf("%q: %w", text, ErrTime)
	}
	numbers := [4]int{}
	for i := range numbers {
		numbers[i], _ = strconv.Atoi(match[i+1])
	}
	start, end := numbers[0]*60+numbers[1], numbers[2]*60+numbers[3]
	if end <= start {
		return [2]int{}, fmt.Errorf("%q ends before it begins: %w", text, ErrTime)
	}
	return [2]int{start, end}, nil
}

func clock(minutes int) string {
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

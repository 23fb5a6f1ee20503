package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

// What can be wrong with a log.
var (
	ErrLine  = errors.New("bad line")
	ErrOrder = errors.New("time goes backwards")
)

// Outage says how often and for how long a service was down.
type Outage struct {
	Service string
	Times   int
	Minutes int
}

// Downtime sums up the outages in a log; services still down are down until end.
func Downtime(log, end string) ([]Outage, error) {
	since := map[string]int{}
	totals := map[string]Outage{}
	last := 0
	for i, line := range strings.Split(log, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 3 || (fields[2] != "down" && fields[2] != "up") {
			return nil, fmt.Errorf("line %d: %w", i+1, ErrLine)
		}
		now, err := parseClock(fields[0])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if now < last {
			return nil, fmt.Errorf("line %d: %w", i+1, ErrOrder)
		}
		last = now
		start, isDown := since[fields[1]]
		if fields[2] == "down" && !isDown {
			since[fields[1]] = now
		} else if fields[2] == "up" && isDown {
			addOutage(totals, fields[1], now-start)
			delete(since, fields[1])
		}
	}
	for service, start := range since {
		now, _ := parseClock(end)
		addOutage(totals, service, now-start)
	}
	outages := []Outage{}
	for _, outage := range totals {
		outages = append(outages, outage)
	}
	sort.Slice(outages, func(i, j int) bool {
		if outages[i].Minutes != outages[j].Minutes {
			return outages[i].Minutes > outages[j].Minutes
		}
		return outages[i].Service < outages[j].Service
	})
	return outages, nil
}

func addOutage(totals map[string]Outage, service string, minutes int) {
	old := totals[service]
	totals[service] = Outage{service, old.Times + 1, old.Minutes + minutes}
}

func parseClock(text string) (int, error) {
	at, err := time.Parse("15:04", text)
	if err != nil || len(text) != 5 {
		return 0, ErrLine
	}
	return at.Hour()*60 + at.Minute(), nil
}

// Package main sums up an access log.
package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// PathStat is what the log says about one path.
type PathStat struct {
	Path    string
	Hits    int
	Errors  int
	Average float64
	Slowest int
}

// request is one line of the log.
type request struct {
	path   string
	status int
	millis int
}

// parse reads "GET /home?x=1 200 12"; ok is false for anything else.
func parse(line string) (found request, ok bool) {
	fields := strings.Fields(line)
	if len(fields) != 4 {
		return request{}, false
	}
	status, err := strconv.Atoi(fields[2])
	if err != nil {
		return request{}, false
	}
	millis, err := strconv.Atoi(fields[3])
	if err != nil || millis < 0 {
		return request{}, false
	}
	path, _, _ := strings.Cut(fields[1], "?")
	return request{path: path, status: status, millis: millis}, true
}

// isError tells whether a status is a fault of the server.
func isError(status int) bool {
	return status >= 500 && status < 600
}

// Summarise has one entry for each path, the most visited first.
func Summarise(lines []string) []PathStat {
	stats := map[string]*PathStat{}
	millis := map[string]int{}
	for _, line := range lines {
		found, ok := parse(line)
		if !ok {
			continue
		}
		stat := stats[found.path]
		if stat == nil {
			stat = &PathStat{Path: found.path}
			stats[found.path] = stat
		}
		stat.Hits++
		if isError(found.status) {
			stat.Errors++
		}
		if found.millis > stat.Slowest {
			stat.Slowest = found.millis
		}
		millis[found.path] += found.millis
	}
	result := []PathStat{}
	for path, stat := range stats {
		stat.Average = float64(millis[path]) / float64(stat.Hits)
		result = append(result, *stat)
	}
	sort.Slice(result, func(i, j int) bool {
		if result[i].Hits != result[j].Hits {
			return result[i].Hits > result[j].Hits
		}
		return result[i].Path < result[j].Path
	})
	return result
}

// ErrorRate is the share of errors among all hits, from 0 to 1; 0 without hits.
func ErrorRate(stats []PathStat) float64 {
	hits, errors := 0, 0
	for _, stat := range stats {
		hits += stat.Hits
		errors += stat.Errors
	}
	if hits == 0 {
		return 0
	}
	return float64(errors) / float64(hits)
}

// Format is a line of the report.
func Format(stat PathStat) string {
	return fmt.Sprintf("%-20s %5d hits %4d errors %8.1f ms (max %d)", stat.Path, stat.Hits, stat.Errors, stat.Average, stat.Slowest)
}

package main

import (
	"sort"
	"strconv"
	"strings"
)

// PathStat is what the log says about one path.
type PathStat struct {
	Path    string
	Hits    int
	Average float64
}

// Summarise has one entry for each path, sorted by path.
// A line is "PATH MILLISECONDS"; other lines are skipped.
func Summarise(lines []string) []PathStat {
	hits := map[string]int{}
	millis := map[string]int{}
	for _, line := range lines {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			continue
		}
		time, err := strconv.Atoi(fields[1])
		if err != nil {
			continue
		}
		hits[fields[0]]++
		millis[fields[0]] += time
	}
	result := []PathStat{}
	for path, count := range hits {
		average := float64(millis[path]) / float64(count)
		result = append(result, PathStat{Path: path, Hits: count, Average: average})
	}
	sort.Slice(result, func(i, j int) bool { return result[i].Path < result[j].Path })
	return result
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"
)

type examRequest struct {
	Hits    []string
	Workers int
	Rounds  int
	Count   []string
}

// examWaits says whether a call waits for the mutex of the counter.
func examWaits(counter *HitCounter, call func()) bool {
	done := make(chan bool)
	counter.mutex.Lock()
	go func() {
		call()
		close(done)
	}()
	waits := true
	select {
	case <-done:
		waits = false
	case <-time.After(300 * time.Millisecond):
	}
	counter.mutex.Unlock()
	<-done
	return waits
}

func examAnswer(request examRequest) any {
	counter := NewHitCounter()
	if request.Workers == 0 {
		hit := examWaits(counter, func() { counter.Hit("/a") })
		return []bool{hit, examWaits(counter, func() { counter.Count("/a") })}
	}
	var group sync.WaitGroup
	for worker := 0; worker < request.Workers; worker++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := 0; round < request.Rounds; round++ {
				for _, path := range request.Hits {
					counter.Hit(path)
				}
				counter.Count("/")
			}
		}()
	}
	group.Wait()
	counts := []int{}
	for _, path := range request.Count {
		counts = append(counts, counter.Count(path))
	}
	return counts
}

func examReply(line []byte) (text string) {
	defer func() {
		if problem := recover(); problem != nil {
			out, _ := json.Marshal(map[string]string{"panic": fmt.Sprint(problem)})
			text = string(out)
		}
	}()
	var request examRequest
	if err := json.Unmarshal(line, &request); err != nil {
		panic(err)
	}
	out, err := json.Marshal(examAnswer(request))
	if err != nil {
		panic(err)
	}
	return string(out)
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 1<<20)
	for input.Scan() {
		fmt.Println(examReply(input.Bytes()))
	}
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"
)

type examRequest struct {
	Hits    []string
	Workers int
	Rounds  int
	Count   []string
	Top     []int
}

func examAnswer(request examRequest) any {
	counter := NewHitCounter()
	var group sync.WaitGroup
	start := make(chan struct{})
	for worker := 0; worker < request.Workers; worker++ {
		group.Add(1)
		reads := worker%4 == 3
		go func() {
			defer group.Done()
			<-start
			for round := 0; round < request.Rounds; round++ {
				for _, path := range request.Hits {
					counter.Hit(path)
				}
				if reads && round%50 == 0 {
					counter.Count("/")
					counter.Top(3)
				}
			}
		}()
	}
	close(start)
	group.Wait()
	counts, tops := []int{}, [][][]any{}
	for _, path := range request.Count {
		counts = append(counts, counter.Count(path))
	}
	for _, n := range request.Top {
		top := [][]any{}
		for _, page := range counter.Top(n) {
			top = append(top, []any{page.Path, page.Hits})
		}
		tops = append(tops, top)
	}
	return map[string]any{"counts": counts, "tops": tops}
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

module example.com/hit-counter

go 1.21

module example.com/port-map

go 1.21

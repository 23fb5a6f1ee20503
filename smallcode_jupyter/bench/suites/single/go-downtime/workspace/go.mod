module example.com/downtime

go 1.21

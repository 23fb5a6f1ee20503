module example.com/hours-report

go 1.21

module example.com/ticket-states

go 1.21

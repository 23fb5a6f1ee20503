module example.com/stock-room

go 1.21

module example.com/free-slots

go 1.21

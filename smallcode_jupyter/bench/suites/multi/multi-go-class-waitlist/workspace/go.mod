module gym

go 1.21

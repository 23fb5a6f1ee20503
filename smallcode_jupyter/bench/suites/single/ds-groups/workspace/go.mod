module groups

go 1.21

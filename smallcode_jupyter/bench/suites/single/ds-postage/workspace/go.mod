module postage

go 1.21

module fuellog

go 1.21

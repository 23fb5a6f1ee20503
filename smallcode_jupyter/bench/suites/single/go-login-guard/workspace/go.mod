module example.com/login-guard

go 1.21

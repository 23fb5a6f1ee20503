module example.com/cart-total

go 1.21

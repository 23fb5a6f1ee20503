stock_value = 2185.29

stock.columns = stock.columns.str.strip().str.lower().str.replace(" ", "_")
stock["value"] = stock["unit_price"] * stock["in_stock"]
stock_value = round(float(stock["value"].sum()), 2)
stock_value

ordered = movements.sort_values("at")
running = ordered.groupby("item")["quantity"].cumsum()
deepest = running.groupby(ordered["item"]).min()
lowest = {item: int(stock) for item, stock in deepest.items() if stock < 0}

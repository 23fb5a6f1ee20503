kept = orders[orders["status"] != "cancelled"]
totals = (kept["units"] * kept["unit_price"]).groupby(kept["region"]).sum().sort_values(ascending=False)
revenue = {region: round(float(value), 2) for region, value in totals.items()}

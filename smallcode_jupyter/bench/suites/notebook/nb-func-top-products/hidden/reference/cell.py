def top_products(sales, n=3, category=None):
    """The n products with the highest revenue, of one category or all."""
    if category is not None:
        sales = sales[sales["category"] == category]
    revenue = sales["units"] * sales["price"]
    totals = revenue.groupby(sales["product"]).sum().sort_values(ascending=False)
    return [(product, round(float(total), 2)) for product, total in totals.head(n).items()]

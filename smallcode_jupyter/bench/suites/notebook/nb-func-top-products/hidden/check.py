import csv


def best(rows, n=3, category=None):
    totals = {}
    for row in rows:
        if category is None or row["category"] == category:
            totals[row["product"]] = totals.get(row["product"], 0.0) + int(row["units"]) * float(row["price"])
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    return [(product, round(total, 2)) for product, total in ranked[:n]]


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "sales.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        categories = sorted({row["category"] for row in rows})
        nb.equal("type(top_products(sales)).__name__", "list")
        nb.equal("top_products(sales)", best(rows), approx=1e-6)
        nb.equal("top_products(sales, n=1)", best(rows, 1), approx=1e-6)
        nb.equal("top_products(sales, 100)", best(rows, 100), approx=1e-6)
        nb.equal("top_products(sales, category='nothing')", [])
        for category in categories:
            n = exam.random.randrange(1, 6)
            nb.equal("top_products(sales, category=category)", best(rows, 3, category), approx=1e-6, category=category)
            nb.equal("top_products(sales, n, category)", best(rows, n, category), approx=1e-6, n=n, category=category)
        for _ in range(4):
            start = exam.random.randrange(40)
            part = rows[start : start + 20]
            nb.equal("top_products(sales.iloc[start:start + 20].copy(), 4)", best(part, 4), approx=1e-6, start=start)
        nb.equal("(list(sales.columns), len(sales))", (["product", "category", "units", "price"], len(rows)))
        nb.equal("exam_lost", [])
        nb.equal("'sales' in exam_rebound", False)

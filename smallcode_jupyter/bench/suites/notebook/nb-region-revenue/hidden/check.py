import csv


def expected(path):
    totals = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["status"] != "cancelled":
                totals[row["region"]] = totals.get(row["region"], 0.0) + int(row["units"]) * float(row["unit_price"])
    return sorted(((region, round(value, 2)) for region, value in totals.items()), key=lambda item: -item[1])


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        right = expected(folder / "orders.csv")
        nb.equal("type(revenue).__name__", "dict")
        nb.equal("list(revenue)", [region for region, _ in right])
        nb.equal("list(revenue.values())", [value for _, value in right], approx=1e-6)
        nb.equal("exam_lost", [])
        nb.equal("'orders' in exam_rebound", False)

import csv


def expected(path):
    with path.open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["at"])
    stock, lowest = {}, {}
    for row in rows:
        item = row["item"]
        stock[item] = stock.get(item, 0) + int(row["quantity"])
        lowest[item] = min(lowest.get(item, stock[item]), stock[item])
    return [(item, lowest[item]) for item in sorted(lowest) if lowest[item] < 0]


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        right = expected(folder / "movements.csv")
        nb.equal("type(lowest).__name__", "dict")
        nb.equal("list(lowest)", [item for item, _ in right])
        nb.equal("list(lowest.values())", [stock for _, stock in right])
        nb.equal("sorted(movements.columns)", ["at", "item", "movement_id", "quantity"])
        nb.equal("exam_lost", [])

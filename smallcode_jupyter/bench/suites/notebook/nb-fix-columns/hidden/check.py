import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "stock.csv").open(newline="") as file:
            rows = list(csv.reader(file))[1:]
        values = [float(price) * int(count) for _, price, count, _ in rows]
        nb.equal("isinstance(stock_value, float)", True)
        nb.equal("stock_value", round(sum(values), 2), approx=1e-6)
        nb.equal("sorted(stock.columns)", ["in_stock", "item", "shelf", "unit_price", "value"])
        nb.equal("stock['item'].tolist()", [row[0] for row in rows])
        nb.equal("stock['in_stock'].tolist()", [int(row[2]) for row in rows])
        nb.equal("stock['value'].tolist()", values, approx=1e-6)
        nb.equal("exam_lost", [])

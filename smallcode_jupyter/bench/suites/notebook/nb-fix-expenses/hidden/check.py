import csv


def expected(path):
    months = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            months.setdefault(row["paid_on"][:7], []).append(float(row["amount"].replace(",", "")))
    return [(month, round(sum(months[month]) / len(months[month]), 2)) for month in sorted(months)]


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        right = expected(folder / "expenses.csv")
        nb.equal("type(monthly).__name__", "Series")
        nb.equal("[str(month) for month in monthly.index]", [month for month, _ in right])
        nb.equal("monthly.tolist()", [value for _, value in right], approx=1e-6)
        nb.equal("'expenses' in globals() and len(expenses)", len((folder / "expenses.csv").read_text().splitlines()) - 1)
        nb.equal("exam_lost", [])

import csv
from datetime import date


def expected(path):
    cents = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            late = 0
            if row["returned"]:
                late = max(0, (date.fromisoformat(row["returned"]) - date.fromisoformat(row["due"])).days)
            cents[row["branch"]] = cents.get(row["branch"], 0) + min(20 * late, 500)
    return {branch: value / 100 for branch, value in cents.items()}


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        right = expected(folder / "loans.csv")
        nb.equal("type(fees).__name__", "dict")
        nb.equal("sorted(fees)", sorted(right))
        for branch, value in right.items():
            nb.equal("fees[branch]", value, approx=1e-6, branch=branch)
        nb.equal("exam_lost", [])
        nb.equal("'loans' in exam_rebound", False)

import csv
from datetime import datetime


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "visits.csv").open(newline="") as file:
            rows = [(datetime.strptime(row["visit_day"], "%d.%m.%Y"), int(row["visitors"])) for row in csv.DictReader(file)]
        totals = {}
        for day, visitors in rows:
            totals[day.strftime("%A")] = totals.get(day.strftime("%A"), 0) + visitors
        nb.equal("type(per_weekday).__name__", "dict")
        nb.equal("per_weekday", totals)
        nb.equal("visits['visit_day'].dtype.kind", "M")
        nb.equal("sorted(day.strftime('%Y-%m-%d') for day in visits['visit_day'])", sorted(day.strftime("%Y-%m-%d") for day, _ in rows))
        nb.equal("exam_lost", [])

import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "timetable.csv").open(newline="") as file:
            rows = sorted(
                [row["stop"], row["line"], day, row[day]]
                for row in csv.DictReader(file)
                for day in ("weekday", "saturday", "sunday")
                if row[day]
            )
        nb.equal("type(departures).__name__", "DataFrame")
        nb.equal("list(departures.columns)", ["stop", "line", "day", "departs"])
        for number, name in enumerate(("stop", "line", "day", "departs")):
            nb.equal("departures[name].tolist()", [row[number] for row in rows], name=name)
        nb.equal("list(departures.index)", list(range(len(rows))))
        nb.equal("exam_lost", [])
        nb.equal("'timetable' in exam_rebound", False)

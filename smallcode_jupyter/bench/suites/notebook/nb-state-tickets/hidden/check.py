import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "tickets.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        waiting = [row for row in rows if not row["closed"]]
        totals = {}
        for row in rows:
            totals[row["team"]] = totals.get(row["team"], 0) + 1
        nb.equal("per_team", totals)
        nb.equal("len(tickets)", len(rows))
        nb.equal("'tickets' in exam_rebound", False)
        nb.equal("sorted(open_tickets['ticket'])", sorted(row["ticket"] for row in waiting))
        nb.equal("list(open_tickets.columns)", ["ticket", "team", "opened", "closed"])
        nb.equal("oldest_open", min(waiting, key=lambda row: row["opened"])["ticket"])
        nb.equal("exam_lost", [])

import csv

COLUMNS = ["name", "email", "joined", "city", "newsletter"]


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        latest = {}
        with (folder / "members.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            email = row["email"].strip().lower()
            if email not in latest or row["joined"] > latest[email]["joined"]:
                latest[email] = row
        emails = sorted(latest)
        right = [latest[email] for email in emails]
        nb.equal("sorted(clean.columns)", sorted(COLUMNS))
        nb.equal("clean['email'].tolist()", emails)
        nb.equal("clean['name'].tolist()", [row["name"].strip() for row in right])
        nb.equal("clean['joined'].dtype.kind", "M")
        nb.equal("[str(day)[:10] for day in clean['joined']]", [row["joined"] for row in right])
        nb.equal("clean['city'].tolist()", [row["city"] or "unknown" for row in right])
        nb.equal("clean['newsletter'].tolist()", [row["newsletter"] == "yes" for row in right])
        nb.equal("clean['newsletter'].dtype.name", "bool")
        nb.equal("list(clean.index)", list(range(len(right))))
        nb.equal("members['email'].tolist()", [row["email"] for row in rows])
        nb.equal("members['joined'].tolist()", [row["joined"] for row in rows])
        nb.equal("exam_lost", [])

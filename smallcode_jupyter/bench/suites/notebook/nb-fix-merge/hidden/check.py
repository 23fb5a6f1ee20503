import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "stations.csv").open(newline="") as file:
            district = {int(row["station_id"]): row["district"] for row in csv.DictReader(file)}
        with (folder / "trips.csv").open(newline="") as file:
            rows = [row for row in csv.DictReader(file) if int(row["station_id"]) in district]
        totals = {}
        for row in rows:
            name = district[int(row["station_id"])]
            totals[name] = totals.get(name, 0) + int(row["minutes"])
        nb.equal("type(minutes).__name__", "Series")
        nb.equal("list(minutes.index)", sorted(totals))
        nb.equal("minutes.tolist()", [totals[name] for name in sorted(totals)])
        nb.equal("sorted(joined['trip_id'])", sorted(int(row["trip_id"]) for row in rows))
        nb.equal("len(stations)", len(district))
        nb.equal("exam_lost", [])

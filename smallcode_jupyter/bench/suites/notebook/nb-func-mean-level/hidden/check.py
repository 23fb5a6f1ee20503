import csv
from datetime import date, timedelta


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "levels.csv").open(newline="") as file:
            rows = [(row["day"], row["station"], int(row["level_cm"])) for row in csv.DictReader(file)]
        days = sorted({row[0] for row in rows})
        stations = sorted({row[1] for row in rows})
        first = date.fromisoformat(days[0])
        spans = [(days[0], days[-1]), (days[3], days[3]), (days[-1], days[0]), ("2020-01-01", "2020-02-01")]
        for _ in range(12):
            start = first + timedelta(days=exam.random.randrange(20))
            spans.append((start.isoformat(), (start + timedelta(days=exam.random.randrange(1, 10))).isoformat()))
        nb.run("exam_high = levels[levels['level_cm'] > 200].copy()")
        for frame, low in (("levels", 0), ("exam_high", 200)):
            for start, end in spans:
                station = exam.random.choice(stations)
                found = [level for day, name, level in rows if name == station and start <= day <= end and level > low]
                if found and (20 * sum(found)) % len(found) == 0 and (10 * sum(found)) % len(found):
                    continue  # halfway between two tenths: either is right
                right = round(sum(found) / len(found), 1) if found else None
                nb.equal(
                    f"mean_level({frame}, station, start, end)", right, approx=1e-6, station=station, start=start, end=end
                )
        nb.equal("mean_level(levels, 'Nowhere', start, end)", None, start=days[0], end=days[-1])
        nb.equal("isinstance(mean_level(levels, station, start, end), float)", True, station=stations[0], start=days[0], end=days[-1])
        nb.equal("(list(levels.columns), len(levels))", (["day", "station", "level_cm"], len(rows)))
        nb.equal("exam_lost", [])
        nb.equal("'levels' in exam_rebound", False)

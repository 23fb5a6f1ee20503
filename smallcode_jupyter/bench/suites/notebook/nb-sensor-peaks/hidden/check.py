import csv


def expected(path):
    best = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["temp_c"] and (row["sensor"] not in best or float(row["temp_c"]) > best[row["sensor"]][1]):
                best[row["sensor"]] = (row["at"], float(row["temp_c"]))
    return [(sensor, *best[sensor]) for sensor in sorted(best)]


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        right = expected(folder / "readings.csv")
        nb.equal("type(peaks).__name__", "DataFrame")
        nb.equal("list(peaks.columns)", ["sensor", "at", "temp_c"])
        nb.equal("list(peaks['sensor'])", [sensor for sensor, _, _ in right])
        nb.equal("[pd.Timestamp(at).strftime('%Y-%m-%d %H:%M') for at in peaks['at']]", [at for _, at, _ in right])
        nb.equal("list(peaks['temp_c'])", [value for _, _, value in right], approx=1e-9)
        nb.equal("list(peaks.index)", list(range(len(right))))
        nb.equal("list(readings.columns)", ["sensor", "at", "temp_c", "battery"])
        nb.equal("exam_lost", [])
        nb.equal("'readings' in exam_rebound", False)

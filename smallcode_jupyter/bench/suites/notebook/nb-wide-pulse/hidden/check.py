import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "pulse.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        means = []
        for name in (f"q{number:02d}" for number in range(1, 79)):
            given = [int(row[name]) for row in rows if row[name] != "0"]
            means.append((sum(given) / len(given), name))
        right = [(name, round(mean, 3)) for mean, name in sorted(means)[:5]]
        nb.equal("type(weakest).__name__", "list")
        nb.equal("[tuple(pair)[0] for pair in weakest]", [name for name, _ in right])
        nb.equal("weakest", right, approx=1e-6)
        nb.equal("pulse.shape", (len(rows), 80))
        nb.equal("int((pulse['q01'] == 0).sum())", sum(row["q01"] == "0" for row in rows))
        nb.equal("'pulse' in exam_rebound", False)
        nb.equal("exam_lost", [])

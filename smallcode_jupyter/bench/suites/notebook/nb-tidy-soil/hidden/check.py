import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        values = {}
        with (folder / "soil.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                found = values.setdefault((row["plot"], row["day"]), {})
                found.setdefault(row["quantity"], []).append(float(row["value"]))
        keys = sorted(values)
        nb.equal("type(table).__name__", "DataFrame")
        nb.equal("list(table.columns)", ["plot", "day", "moisture", "ph", "temperature"])
        nb.equal("table['plot'].tolist()", [plot for plot, _ in keys])
        nb.equal("table['day'].tolist()", [day for _, day in keys])
        for name in ("moisture", "ph", "temperature"):
            found = [values[key].get(name) for key in keys]
            right = [round(sum(numbers) / len(numbers), 2) if numbers else float("nan") for numbers in found]
            nb.equal("table[name].tolist()", right, approx=1e-6, name=name)
        nb.equal("exam_lost", [])
        nb.equal("'soil' in exam_rebound", False)

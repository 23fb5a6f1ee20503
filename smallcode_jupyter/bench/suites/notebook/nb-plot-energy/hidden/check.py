import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        lines = {}
        with (folder / "energy.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                lines.setdefault(row["machine"], []).append((row["day"], float(row["kwh"])))
        nb.run("import matplotlib.dates")
        nb.equal("sorted(line.get_label() for line in ax.get_lines())", sorted([*lines, "target"]))
        nb.run("exam_lines = {line.get_label(): line for line in ax.get_lines()}")
        for machine, points in lines.items():
            points.sort()
            nb.run("exam_x, exam_y = exam_lines[name].get_xdata(orig=False), exam_lines[name].get_ydata()", name=machine)
            nb.equal("[float(y) for y in exam_y if y == y]", [kwh for _, kwh in points], approx=1e-9)
            nb.equal(
                "[matplotlib.dates.num2date(x).strftime('%Y-%m-%d') for x, y in zip(exam_x, exam_y) if y == y]",
                [day for day, _ in points],
            )
        nb.equal("[float(y) for y in exam_lines['target'].get_ydata()]", [45.0, 45.0], approx=1e-9)
        nb.equal("exam_lines['target'].get_linestyle()", "--")
        nb.equal("ax.figure is fig", True)
        nb.equal("ax.get_title()", "Energy per machine")
        nb.equal("ax.get_ylabel()", "kWh")
        nb.equal("float(ax.get_ylim()[0])", 0.0)
        nb.equal("ax.get_legend() is not None", True)
        nb.equal("sorted(text.get_text() for text in ax.get_legend().get_texts())", sorted([*lines, "target"]))
        nb.equal("exam_lost", [])

import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        totals = {}
        with (folder / "rain.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                totals[row["day"][:7]] = totals.get(row["day"][:7], 0.0) + float(row["mm"])
        months = sorted(totals)
        nb.run("fig.canvas.draw()")
        nb.equal("ax.figure is fig", True)
        nb.equal("[float(bar.get_height()) for bar in ax.patches]", [totals[month] for month in months], approx=1e-6)
        nb.equal("[bar.get_x() for bar in ax.patches] == sorted(bar.get_x() for bar in ax.patches)", True)
        nb.equal("[label.get_text() for label in ax.get_xticklabels()]", months)
        nb.equal("ax.get_title()", "Rain per month")
        nb.equal("ax.get_xlabel()", "month")
        nb.equal("ax.get_ylabel()", "mm")
        nb.equal("exam_lost", [])

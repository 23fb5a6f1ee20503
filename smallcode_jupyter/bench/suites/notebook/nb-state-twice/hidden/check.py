import csv


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        with (folder / "runs.csv").open(newline="") as file:
            rows = [(float(row["distance"]), int(row["minutes"])) for row in csv.DictReader(file)]
        miles = [distance for distance, _ in rows]
        kilometres = [distance * 1.609344 for distance in miles]
        pace = [round(minutes / (distance * 1.609344), 2) for distance, minutes in rows]
        for _ in range(3):
            nb.equal("runs['distance'].tolist()", miles, approx=1e-9)
            nb.equal("runs['distance_km'].tolist()", kilometres, approx=1e-6)
            nb.equal("runs['pace'].tolist()", pace, approx=1e-6)
            nb.equal("isinstance(fastest, float)", True)
            nb.equal("fastest", min(pace), approx=1e-6)
            nb.run(exam.text("cell.py"))
        nb.equal("exam_lost", [])

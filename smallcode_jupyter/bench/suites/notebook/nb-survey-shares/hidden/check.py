import csv

SCALE = ["very happy", "happy", "neutral", "unhappy", "very unhappy"]


def expected(path):
    with path.open(newline="") as file:
        given = [row["satisfaction"] for row in csv.DictReader(file) if row["satisfaction"]]
    return [round(100 * given.count(answer) / len(given), 1) for answer in SCALE]


def check(exam):
    for data, folder in (("data", exam.task.workspace / "data"), ("data2", exam.task.hidden / "data2")):
        nb = exam.notebook(data)
        nb.equal("type(shares).__name__", "Series")
        nb.equal("list(shares.index)", SCALE)
        nb.equal("shares.tolist()", expected(folder / "survey.csv"), approx=1e-6)
        nb.equal("len(survey)", len((folder / "survey.csv").read_text().splitlines()) - 1)
        nb.equal("SCALE", SCALE)
        nb.equal("exam_lost", [])
        nb.equal("'survey' in exam_rebound", False)

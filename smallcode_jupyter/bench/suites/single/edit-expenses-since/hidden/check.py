from decimal import Decimal

DAYS = ["2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01", "2025-03-02", "2025-10-09"]


def report(rows, category=None, since=None, total=False):
    sums = {}
    for day, name, amount in rows:
        if (category is None or name == category) and (since is None or day >= since):
            sums[name] = sums.get(name, Decimal(0)) + Decimal(amount)
    lines = [f"{name}: {sums[name]:.2f}" for name in sorted(sums)]
    return lines + [f"TOTAL: {sum(sums.values()):.2f}"] * total


def check(exam):
    py = exam.python("""
import io, sys
import solution
def main(options, text):
    sys.stdin, sys.stderr = io.StringIO(text), io.StringIO()
    try:
        status = solution.main(options)
    except SystemExit as end:
        status = end.code
    return [status, sys.stderr.getvalue()]
""")

    def run(options, text):
        status, errors = py.value("main(options, text)", options=options, text=text)
        return status, py.printed, errors

    def claim(rows, options, expected):
        status, printed, errors = run(options, "".join(",".join(row) + "\n" for row in rows))
        what = f"{' '.join(options)} on {rows}"
        exam.equal(printed.splitlines(), expected, f"{what}: {errors[-200:]}")
        exam.equal(status, 0, f"status of {what}")

    rows = [("2025-02-27", "food", "4.00"), ("2025-03-01", "food", "12.50"), ("2025-03-02", "rent", "700")]
    text = "".join(",".join(row) + "\n" for row in rows)
    result = exam.command("python", "solution.py", "--since", "2025-03-01", "--total", stdin=text)
    exam.equal([result.stdout, result.exit_code], ["food: 12.50\nrent: 700.00\nTOTAL: 712.50\n", 0], "as a command")
    result = exam.command("python", "solution.py", "--since", "march", stdin=text)
    exam.equal([result.stdout, result.exit_code], ["", 2], "as a command with a wrong date")
    result = exam.command("python", "solution.py", stdin=text + "x\n")
    exam.equal([result.stdout, result.exit_code], ["", 1], "as a command with a malformed line")
    claim(rows, ["--since", "2025-03-01", "--total"], ["food: 12.50", "rent: 700.00", "TOTAL: 712.50"])
    claim(rows, ["--since", "2025-03-01"], ["food: 12.50", "rent: 700.00"])
    claim(rows, ["--total"], ["food: 16.50", "rent: 700.00", "TOTAL: 716.50"])
    claim(rows, ["--total", "--category", "food", "--since=2025-03-01"], ["food: 12.50", "TOTAL: 12.50"])
    claim(rows, ["--since", "2026-01-01", "--total"], ["TOTAL: 0.00"])
    claim(rows, ["--since", "2026-01-01"], [])
    claim([], ["--total"], ["TOTAL: 0.00"])
    claim(rows, [], ["food: 16.50", "rent: 700.00"])
    claim(rows, ["--category", "rent"], ["rent: 700.00"])
    for wrong in ("2025-02-30", "march", "2025-13-01", "01.03.2025"):
        status, printed, _ = run(["--since", wrong], "2025-03-01,food,1\n")
        exam.equal([status, printed], [2, ""], f"--since {wrong!r}")
    for text, options in (("2025-03-01,food\n", []), ("2025-01-01,food,much\n", ["--since", "2025-03-01"]), ("x\n", ["--total"])):
        status, printed, errors = run(options, text)
        exam.equal([status, printed], [1, ""], f"{text!r} with {options}")
        exam.true("line 1:" in errors, f"the line is named on standard error: {errors!r}")
    for _ in range(30):
        rows = [(exam.random.choice(DAYS), exam.random.choice(["rent", "food", "books", "travel"]), f"{exam.random.randint(1, 99999) / 100:.2f}")
                for _ in range(exam.random.randint(0, 12))]
        since = exam.random.choice([None, *DAYS])
        category = exam.random.choice([None, None, "food", "rent"])
        total = exam.random.random() < 0.6
        options = (["--since", since] if since else []) + (["--category", category] if category else []) + ["--total"] * total
        claim(rows, options, report(rows, category, since, total))

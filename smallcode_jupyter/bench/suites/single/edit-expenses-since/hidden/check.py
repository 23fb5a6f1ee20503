DAYS = ["2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01", "2025-03-02", "2025-10-09"]


def report(rows, category=None, since=None):
    sums = {}
    for day, name, amount in rows:
        if (category is None or name == category) and (since is None or day >= since):
            sums[name] = sums.get(name, 0) + round(float(amount) * 100)
    return [f"{name}: {sums[name] / 100:.2f}" for name in sorted(sums)]


def check(exam):
    py = exam.python("""
import io, sys
import solution
def main(options, text):
    sys.argv, sys.stdin = ["solution.py", *options], io.StringIO(text)
    try:
        solution.main()
    except SystemExit as end:
        print("exit status", end.code)
""")

    def claim(rows, category=None, since=None):
        options = (["--since", since] if since else []) + (["--category", category] if category else [])
        py.value("main(options, text)", options=options, text="".join(",".join(row) + "\n" for row in rows))
        exam.equal(py.printed.splitlines(), report(rows, category, since), f"{' '.join(options)} on {rows}")

    rows = [("2025-02-27", "food", "4.00"), ("2025-03-01", "food", "12.50"), ("2025-03-02", "rent", "700"), ("2024-03-02", "rent", "9")]
    text = "".join(",".join(row) + "\n" for row in rows)
    result = exam.command("python", "solution.py", "--since", "2025-03-01", stdin=text)
    exam.equal([result.stdout, result.exit_code], ["food: 12.50\nrent: 700.00\n", 0], "as a command")
    claim(rows, None, "2025-03-01")
    claim(rows, "food", "2025-03-01")
    claim(rows, "rent", "2025-02-27")
    claim(rows, None, "2026-01-01")
    claim([], None, "2026-01-01")
    claim(rows)
    claim(rows, "rent")
    for _ in range(30):
        rows = [(exam.random.choice(DAYS), exam.random.choice(["rent", "food", "books", "travel"]), f"{exam.random.randint(1, 99999) / 100:.2f}")
                for _ in range(exam.random.randint(0, 12))]
        claim(rows, exam.random.choice([None, None, "food", "rent"]), exam.random.choice([None, *DAYS]))

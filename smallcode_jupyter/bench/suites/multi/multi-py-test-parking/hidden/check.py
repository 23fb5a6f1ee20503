FILES = ("parking/__init__.py", "parking/tariff.py", "parking/garage.py", "parking/receipt.py")
FEWEST = 8
# One of the wrong versions may go unnoticed.
WRONG = [
    ("the free minutes end a minute early", "parking/tariff.py", "minutes <= FREE_MINUTES", "minutes < FREE_MINUTES"),
    ("an hour too many", "parking/tariff.py", "-(-rest // 60)", "rest // 60 + 1"),
    ("no limit per day", "parking/tariff.py", "min(MOST_PER_DAY, hours * CENTS_PER_HOUR)", "hours * CENTS_PER_HOUR"),
    ("one place too many", "parking/garage.py", "if self.free == 0:", "if self.free < 0:"),
    ("the place stays taken", "parking/garage.py", "self._entered.pop(self._key(plate))", "self._entered[self._key(plate)]"),
    ("minutes without a zero in front", "parking/receipt.py", "{minutes % 60:02d}", "{minutes % 60}"),
]


def check(exam):
    right = {path: (exam.task.workspace / path).read_text(encoding="utf-8") for path in FILES}
    run = exam.pytest("tests/test_parking.py", right)
    exam.true(run.is_green, f"the tests must pass on the right package: {run.output[-300:]}")
    exam.true(run.passed >= FEWEST, f"{run.passed} tests passed, at least {FEWEST} are wanted")
    if not run.is_green:
        return
    unnoticed = []
    for name, path, old, new in WRONG:
        source = right[path]
        exam.equal(source.count(old), 1, f"places of {name}")
        if exam.pytest("tests/test_parking.py", right | {path: source.replace(old, new)}).is_green:
            unnoticed.append(name)
        if len(unnoticed) > 1:
            break
    exam.true(len(unnoticed) <= 1, f"unnoticed: {', '.join(unnoticed)}")

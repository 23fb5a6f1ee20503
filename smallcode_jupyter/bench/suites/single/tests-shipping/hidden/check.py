def check(exam):
    source = (exam.task.workspace / "shipping.py").read_text(encoding="utf-8")
    right = exam.pytest("test_shipping.py", {"shipping.py": source})
    exam.true(right.is_green, f"On the right module {right.failed} tests fail, {right.passed} pass: {right.output[-300:]}")
    exam.true(right.passed >= 3, f"At least 3 tests are wanted, there are {right.passed}.")
    if not right.is_green:
        return
    missed = []
    for path in sorted((exam.task.hidden / "wrong").glob("*.py")):
        run = exam.pytest("test_shipping.py", {"shipping.py": path.read_text(encoding="utf-8")})
        if run.is_green:
            missed.append(path.stem)
    exam.true(len(missed) <= 1, f"{len(missed)} of 5 wrong modules pass: {', '.join(missed)}")

from datetime import date, timedelta


def count(first, last, holidays):
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return sum(day.weekday() < 5 and day.isoformat() not in holidays for day in days)


def check(exam):
    js = exam.javascript()
    code = "solution.countBusinessDays(first, last, holidays)"
    for first, last, holidays, expected in [
        ("2024-05-03", "2024-05-07", [], 3),
        ("2024-05-03", "2024-05-07", ["2024-05-06"], 2),
        ("2024-05-03", "2024-05-03", [], 1),
        ("2024-05-04", "2024-05-05", [], 0),
        ("2024-05-06", "2024-05-06", ["2024-05-06"], 0),
        ("2024-05-07", "2024-05-03", [], 0),
        ("2024-05-03", "2024-05-07", ["2024-05-04", "2024-05-08"], 3),
        ("2024-02-26", "2024-03-01", [], 5),
        ("2024-12-30", "2025-01-03", ["2025-01-01"], 4),
        ("2024-10-25", "2024-10-29", [], 3),
    ]:
        js.equal(code, expected, first=first, last=last, holidays=holidays)
    for _ in range(20):
        first = date(2023, 1, 1) + timedelta(days=exam.random.randrange(800))
        last = first + timedelta(days=exam.random.randrange(-3, 60))
        holidays = [(first + timedelta(days=exam.random.randrange(-5, 60))).isoformat() for _ in range(6)]
        expected = count(first, last, holidays)
        js.equal(code, expected, first=first.isoformat(), last=last.isoformat(), holidays=holidays)

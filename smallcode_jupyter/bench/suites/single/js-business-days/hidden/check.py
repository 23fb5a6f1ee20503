from datetime import date, timedelta


def is_open(day, holidays):
    return day.weekday() < 5 and day.isoformat() not in holidays


def moved(day, days, holidays):
    left = abs(days)
    while left:
        day += timedelta(days=1 if days > 0 else -1)
        left -= is_open(day, holidays)
    return day.isoformat()


def check(exam):
    js = exam.javascript()
    add = "solution.addBusinessDays(day, days, holidays)"
    for day, days, holidays, expected in [
        ("2024-05-03", 1, [], "2024-05-06"),
        ("2024-05-03", 1, ["2024-05-06"], "2024-05-07"),
        ("2024-05-06", -1, [], "2024-05-03"),
        ("2024-05-04", 0, [], "2024-05-04"),
        ("2024-05-06", 0, ["2024-05-06"], "2024-05-06"),
        ("2024-05-04", 1, [], "2024-05-06"),
        ("2024-05-05", -1, [], "2024-05-03"),
        ("2024-05-06", 5, [], "2024-05-13"),
        ("2024-02-28", 2, [], "2024-03-01"),
        ("2023-02-28", 1, [], "2023-03-01"),
        ("2024-12-31", 1, ["2025-01-01"], "2025-01-02"),
        ("2024-05-03", 1, ["2024-05-04", "2024-05-06", "2024-05-07"], "2024-05-08"),
        ("2024-10-25", 2, [], "2024-10-29"),
    ]:
        js.equal(add, expected, day=day, days=days, holidays=holidays)
    js.equal("solution.addBusinessDays('2024-05-03', 2)", "2024-05-07")
    for day, expected in {"2024-05-03": True, "2024-05-04": False, "2024-05-05": False, "2024-05-06": True}.items():
        js.equal("solution.isBusinessDay(day)", expected, day=day)
    js.equal("solution.isBusinessDay('2024-05-06', ['2024-05-06'])", False)
    js.equal("solution.isBusinessDay('2024-02-29', ['2024-05-06'])", True)
    for day in ("2024-02-30", "2023-02-29", "2024-13-01", "2024-04-31", "2024-5-3", "3.5.2024", "", "2024-05-03T10:00:00Z"):
        js.raises("RangeError", "solution.addBusinessDays(day, 1)", day=day)
        js.raises("RangeError", "solution.isBusinessDay(day)", day=day)
    for _ in range(25):
        day = date(2023, 1, 1) + timedelta(days=exam.random.randrange(800))
        holidays = [(day + timedelta(days=exam.random.randrange(-20, 20))).isoformat() for _ in range(6)]
        days = exam.random.randrange(-30, 31)
        js.equal(add, moved(day, days, holidays), day=day.isoformat(), days=days, holidays=holidays)
        js.equal("solution.isBusinessDay(day, holidays)", is_open(day, holidays), day=day.isoformat(), holidays=holidays)

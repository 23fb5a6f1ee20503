LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
NOISE = [
    "",
    "Traceback (most recent call last):",
    '  File "app.py", line 3, in main',
    "    2026-03-09 10:00:00 ERROR zebra: indented",
    "2026-03-09 10:00:00 TRACE zebra: unknown level",
    "ERROR zebra: no time",
    "2026-03-09 ERROR zebra: no time of day",
]


def check(exam):
    py = exam.python()

    def same(lines, levels, first, last, worst):
        expected = {"levels": levels, "first": first, "last": last, "worst": worst}
        py.equal("solution.summarize(text)", expected, text="".join(f"{line}\n" for line in lines))

    one = "2026-03-01 10:15:02"
    same([f"{one} ERROR payments: card declined: code 51"], {"ERROR": 1}, one, one, "payments")
    same([], {}, None, None, None)
    same(NOISE, {}, None, None, None)
    same([f"{one} INFO api: started"], {"INFO": 1}, one, one, None)
    same([f"{one} INFO api: saw ERROR in db: x", f"{one} WARNING db: slow"], {"INFO": 1, "WARNING": 1}, one, one, None)
    same([f"{one} ERROR web: a", f"{one} ERROR api: b"], {"ERROR": 2}, one, one, "api")
    same([f"{one} ERROR api: a", f"{one} ERROR web-2: b", f"{one} ERROR web-2: b"], {"ERROR": 3}, one, one, "web-2")
    same(
        ["2026-03-02 00:00:00 INFO a: x", "2025-12-31 23:59:59 INFO a: x", "2026-01-05 08:00:00 DEBUG a: x"],
        {"INFO": 2, "DEBUG": 1},
        "2025-12-31 23:59:59",
        "2026-03-02 00:00:00",
        None,
    )
    for _ in range(15):
        lines, levels, times, errors = [], {}, [], {}
        for _ in range(exam.random.randrange(1, 30)):
            if exam.random.random() < 0.3:
                lines.append(exam.random.choice(NOISE))
                continue
            level, part = exam.random.choice(LEVELS), exam.random.choice(["api", "db", "mail.out", "web-2"])
            time = f"2026-0{exam.random.randrange(1, 10)}-1{exam.random.randrange(10)} 1{exam.random.randrange(10)}:0{exam.random.randrange(10)}:33"
            lines.append(f"{time} {level} {part}: message {exam.random.randrange(99)}")
            times.append(time)
            levels[level] = levels.get(level, 0) + 1
            if level == "ERROR":
                errors[part] = errors.get(part, 0) + 1
        worst = sorted(errors, key=lambda part: (-errors[part], part))[0] if errors else None
        same(lines, levels, min(times) if times else None, max(times) if times else None, worst)

SIZES = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


def check(exam):
    py = exam.python()
    for text, seconds in {"1h30m": 5400, "2d 4h": 187200, "45s": 45, "1D2H3M4S": 93784, "0s": 0, " 7m ": 420}.items():
        py.equal("solution.parse_duration(text)", seconds, text=text)
    for text in ("", "  ", "3x", "30m1h", "1h1h", "12", "-5s", "1h-3m", "1.5h", "h", "5 s"[:1], "1h30"):
        py.raises("ValueError", "solution.parse_duration(text)", text=text)
    for seconds, text in {0: "0s", 5400: "1h30m", 90061: "1d1h1m1s", 86400: "1d", 59: "59s", 3601: "1h1s"}.items():
        py.equal("solution.format_duration(n)", text, n=seconds)
    py.raises("ValueError", "solution.format_duration(n)", n=-1)
    for _ in range(30):
        counts = {unit: exam.random.randrange(0, limit) for unit, limit in zip("dhms", (5, 24, 60, 60))}
        total = sum(count * SIZES[unit] for unit, count in counts.items())
        text = "".join(f"{count}{unit}" for unit, count in counts.items() if count) or "0s"
        py.equal("solution.format_duration(n)", text, n=total)
        py.equal("solution.parse_duration(text)", total, text=text)

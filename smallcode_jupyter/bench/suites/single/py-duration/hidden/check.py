def check(exam):
    py = exam.python()
    known = {
        0: "0s",
        5400: "1h 30m",
        45: "45s",
        59: "59s",
        60: "1m",
        3600: "1h",
        3601: "1h 1s",
        3661: "1h 1m 1s",
        90000: "25h",
        360000: "100h",
    }
    for seconds, text in known.items():
        py.equal("solution.format_duration(n)", text, n=seconds)
    for seconds in (-1, -3600):
        py.raises("ValueError", "solution.format_duration(n)", n=seconds)
    for _ in range(30):
        hours, minutes, seconds = exam.random.randrange(0, 40), exam.random.randrange(0, 60), exam.random.randrange(0, 60)
        counts = {"h": hours, "m": minutes, "s": exam.random.choice([0, seconds])}
        total = counts["h"] * 3600 + counts["m"] * 60 + counts["s"]
        text = " ".join(f"{count}{unit}" for unit, count in counts.items() if count) or "0s"
        py.equal("solution.format_duration(n)", text, n=total)

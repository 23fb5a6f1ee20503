NOISE = ["", "Traceback (most recent call last):", "  File app.py", "ERROR", "    raise Problem", "-- restart --"]
PARTS = ["api", "db", "mail", "payments", "web-2"]


def check(exam):
    py = exam.python()

    def same(lines, expected):
        py.equal("dict(solution.count_errors(text))", expected, text="".join(f"{line}\n" for line in lines))

    one = "2026-03-01 10:15:02"
    same([f"{one} ERROR payments: card declined"], {"payments": 1})
    same([], {})
    same(NOISE, {})
    same([f"{one} INFO api: started", f"{one} WARNING db: slow"], {})
    same([f"{one} INFO api: saw ERROR in db: x"], {})
    same([f"{one} ERROR web: a", f"{one} ERROR api: b"], {"web": 1, "api": 1})
    same([f"{one} ERROR api: a", f"{one} INFO api: b", f"{one} ERROR api: c"], {"api": 2})
    same([f"{one} ERROR mail: not sent: code 51"], {"mail": 1})
    for _ in range(15):
        lines, expected = [], {}
        for _ in range(exam.random.randrange(1, 30)):
            if exam.random.random() < 0.3:
                lines.append(exam.random.choice(NOISE))
                continue
            level, part = exam.random.choice(["INFO", "WARNING", "ERROR"]), exam.random.choice(PARTS)
            lines.append(f"2026-03-1{exam.random.randrange(10)} 10:0{exam.random.randrange(10)}:33 {level} {part}: number {exam.random.randrange(99)}")
            if level == "ERROR":
                expected[part] = expected.get(part, 0) + 1
        same(lines, expected)

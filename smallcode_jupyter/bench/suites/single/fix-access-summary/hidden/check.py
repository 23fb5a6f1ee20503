import json
import re


def summary(lines):
    seen = {}
    for line in lines:
        fields = line.split()
        if len(fields) == 4 and re.fullmatch(r"[+-]?\d+", fields[2]) and re.fullmatch(r"\+?\d+", fields[3]):
            seen.setdefault(fields[1].partition("?")[0], []).append((int(fields[2]), int(fields[3])))
    rows = []
    for path in sorted(seen, key=lambda path: (-len(seen[path]), path)):
        times = [time for _, time in seen[path]]
        errors = sum(500 <= status <= 599 for status, _ in seen[path])
        average = sum(times) / len(times)
        text = f"{path:<20} {len(times):>5} hits {errors:>4} errors {average:>8.1f} ms (max {max(times)})"
        rows.append([path, len(times), errors, average, max(times), text])
    hits = sum(row[1] for row in rows)
    return [rows, sum(row[2] for row in rows) / hits if hits else 0]


def check(exam):
    program = exam.go()
    cases = [
        [],
        ["GET /home 200 12", "GET /home 200 15"],
        ["GET /b 200 1", "GET /a 200 1", "GET /c 200 1", "GET /e 200 1", "GET /d 200 1", "GET /f 200 1", "GET /B 200 1"],
        ["GET /a 404 1", "GET /a 499 1", "GET /a 500 1", "GET /a 599 2", "GET /a 600 2", "GET /a 302 4", "POST /a 503 0"],
        ["GET /a?x=1 200 3", "GET /a?y 200 4", "GET /b 200 1", "GET /b 200 2", "GET /b 500 2"],
        ["", "GET", "GET /a 200", "GET /a ok 1", "GET /a 200 fast", "GET /a 200 -1", "GET /a 200 1 more", "  GET   /a   200   7 "],
    ]
    for _ in range(30):
        paths = [f"/{exam.random.choice('abcdefgh')}{exam.random.choice(['', '/x', '?q=1'])}" for _ in range(8)]
        cases.append([
            f"{exam.random.choice(['GET', 'POST'])} {exam.random.choice(paths)} {exam.random.choice([200, 200, 301, 400, 404, 500, 502, 599])} {exam.random.randint(0, 900)}"
            for _ in range(exam.random.randint(1, 30))
        ] + exam.random.sample(["broken", "GET /a x 1"], 1))
    for lines, answer in zip(cases, program.lines([json.dumps(lines) for lines in cases])):
        exam.equal(json.loads(answer), summary(lines), f"{lines}", approx=1e-9)

import json
import re


def summary(lines):
    seen = {}
    for line in lines:
        fields = line.split()
        if len(fields) == 2 and re.fullmatch(r"\d+", fields[1]):
            seen.setdefault(fields[0], []).append(int(fields[1]))
    return [[path, len(seen[path]), sum(seen[path]) / len(seen[path])] for path in sorted(seen)]


def check(exam):
    program = exam.go()
    cases = [
        [],
        ["/home 12", "/home 15"],
        ["/b 1", "/a 1", "/c 1", "/b 2", "/b 2"],
        ["", "/a", "/a fast", "/a 1 more", "  /a   7 ", "/a 8"],
        ["/a 0", "/a 0", "/a 1"],
        ["/home 20", "/home 7", "/home 0"],
    ]
    for _ in range(30):
        paths = [f"/{exam.random.choice('abcdefgh')}{exam.random.choice(['', '/x'])}" for _ in range(5)]
        cases.append([f"{exam.random.choice(paths)} {exam.random.randint(0, 900)}" for _ in range(exam.random.randint(1, 20))] + ["broken", "/a x"])
    for lines, answer in zip(cases, program.lines([json.dumps(lines) for lines in cases])):
        exam.equal(json.loads(answer), summary(lines), f"{lines}", approx=1e-9)

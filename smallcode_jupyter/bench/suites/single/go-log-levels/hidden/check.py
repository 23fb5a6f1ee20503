import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _expected(lines):
    counts = {}
    for line in lines:
        fields = line.split()
        if len(fields) >= 3:
            counts[fields[2].upper()] = counts.get(fields[2].upper(), 0) + 1
    return counts


def _line(random):
    level = random.choice(["ERROR", "error", "Warn", "WARN", "info", "Info", "DEBUG", "fatal"])
    fields = ["2024-05-%02d" % random.randrange(1, 29), "%02d:00:%02d" % (random.randrange(24), random.randrange(60))]
    fields += [level, random.choice(["disk full", "ready", "ERROR in text", "x y z"])]
    cut = random.choice([4, 4, 4, 4, 3, 2, 1, 0])
    gap = random.choice([" ", " ", "  ", "\t", " \t "])
    return random.choice(["", "", " ", "\t"]) + gap.join(fields[:cut])


def check(exam):
    cases = [
        [],
        ["2024-05-01 12:00:03 ERROR disk full", "2024-05-01 12:00:04 info ready", "--"],
        ["2024-05-01 12:00:03 error a", "2024-05-01 12:00:03 Error b", "2024-05-01 12:00:03 ERROR c"],
        ["", "   ", "2024-05-01", "2024-05-01 12:00:03"],
        ["2024-05-01 12:00:03 WARN"],
        ["2024-05-01   12:00:03\t\tDebug  a  b"],
        ["  2024-05-01 12:00:03 info indented", "2024-05-01 12:00:03 info ERROR in the message"],
    ]
    cases += [[_line(exam.random) for _ in range(exam.random.randrange(1, 20))] for _ in range(25)]
    for lines, found in zip(cases, _ask(exam, cases)):
        exam.equal(found, _expected(lines), f"CountLevels({lines!r:.200})")

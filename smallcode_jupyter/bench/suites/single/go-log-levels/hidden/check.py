import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _expected(lines):
    levels = [line.split()[2] for line in lines if len(line.split()) >= 3]
    return {level: levels.count(level) for level in levels}


def _line(random):
    fields = ["2024-05-01", f"12:00:{random.randrange(10, 60)}", random.choice(["ERROR", "INFO", "WARN", "DEBUG"])]
    fields += random.sample(["disk", "full", "ready", "INFO", "user 7"], random.randrange(0, 3))
    return random.choice([" ", " ", "  "]).join(random.choice([fields, fields, fields, fields, fields[:2]]))


def check(exam):
    random = exam.random
    error, info = "2024-05-01 12:00:03 ERROR disk full", "2024-05-01 12:00:04 INFO ready"
    cases = [[error, info, "--"], [], ["", "--"], [error], [error, error, info, error], ["2024-05-01 12:00:03 WARN"], ["2024-05-01 12:00:03"],
             ["2024-05-01   12:00:03  WARN   low"], [info, "ERROR ERROR", info]]
    cases += [[_line(random) for _ in range(random.randrange(1, 20))] for _ in range(20)]
    for lines, found in zip(cases, _ask(exam, cases)):
        exam.equal(found, _expected(lines), f"CountLevels({lines!r:.200})")

import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]

import re


def _minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


def _wrong(number, kind):
    text = {"line": "bad line", "order": "time goes backwards"}[kind]
    return {"error": f"line {number}: {text}", "nil": True, "line": kind == "line", "order": kind == "order"}


def _expected(log, end):
    """Counts the minutes of the day one by one."""
    events, last = {}, 0
    for number, line in enumerate(log.split("\n"), start=1):
        if not line.strip():
            continue
        match = re.fullmatch(r"\s*((?:[01][0-9]|2[0-3]):[0-5][0-9])\s+(\S+)\s+(up|down)\s*", line)
        if match is None:
            return _wrong(number, "line")
        if _minutes(match[1]) < last:
            return _wrong(number, "order")
        last = _minutes(match[1])
        events.setdefault(match[2], []).append((last, match[3]))
    result = []
    for service, changes in events.items():
        state, times, total = "up", 0, 0
        for (at, new), (until, _) in zip(changes, [*changes[1:], (_minutes(end), "")]):
            times += new == "down" and state == "up"
            state = new
            total += until - at if state == "down" else 0
        if times:
            result.append([service, times, total])
    return sorted(result, key=lambda entry: (-entry[2], entry[0]))


def _clock(minutes):
    return "%02d:%02d" % divmod(minutes, 60)


def _random_log(random):
    at, lines = random.randrange(0, 300), []
    services = random.sample(["api", "db", "web", "mail", "cache-1"], random.randrange(1, 5))
    for _ in range(random.randrange(1, 25)):
        at += random.choice([0, 0, 1, 5, 10, 15, 40])
        fields = [_clock(at), random.choice(services), random.choice(["down", "down", "up"])]
        lines.append(random.choice([" ", " ", "  "]).join(fields))
        if random.random() < 0.15:
            lines.append(random.choice(["", "  "]))
    if random.random() < 0.3:
        wrong = random.choice(["24:00 api up", "9:05 api up", "23:59 api", "23:59 api gone", "00:00 api down", "api down", "23:59 my api up"])
        lines.insert(random.randrange(1, len(lines) + 1), wrong)
    return "\n".join(lines), _clock(min(1439, at + random.randrange(0, 100)))


def check(exam):
    random = exam.random
    cases = [
        ("09:05 api down\n09:20 api up\n\n09:30 db down", "10:00"),
        ("", "12:00"),
        ("\n  \n", "12:00"),
        ("09:00 api up\n09:30 api up", "12:00"),
        ("09:00 api down\n09:10 api down\n09:20 api up\n09:30 api up", "12:00"),
        ("09:00 api down\n09:10 api up\n09:10 api down\n09:25 api up\n10:00 api down", "10:30"),
        ("09:00 web down\n09:00 api down\n09:00 db down\n09:10 db up\n09:10 web up\n09:10 api up", "12:00"),
        ("09:00 api down\n09:00 api up", "12:00"),
        ("00:00 api down\n23:59 api up", "23:59"),
        ("09:59 api down\n10:01 api up\n10:02 db down", "10:02"),
        ("  09:05   api    down  \n09:20 api up\n", "12:00"),
        ("09:05 api down\n09:04 api up", "12:00"),
        ("09:05 api down\n\n08:00 db down\nnonsense", "12:00"),
        ("nonsense\n09:05 api down\n08:00 db down", "12:00"),
        ("10:00 db up\n09:59 db up", "12:00"),
    ]
    bad = ["9:05 api down", "24:00 api down", "09:60 api down", "0905 api down", "09:05 api", "09:05 api down now", "09:05 api DOWN", "09:05 api stopped",
           "aa:bb api down", "09:5 api down", "api down", "x"]
    cases += [(f"08:00 db down\n\n{line}\n09:10 db up", "12:00") for line in bad]
    cases += [_random_log(random) for _ in range(40)]
    requests = [{"Log": log, "End": end} for log, end in cases]
    for (log, end), found in zip(cases, _ask(exam, requests)):
        exam.equal(found, _expected(log, end), f"Downtime({log!r:.200}, {end!r})")

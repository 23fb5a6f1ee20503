import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _request(limit, window, lock, text):
    """Steps such as `fail ann 0`, separated by commas; times are seconds after the start."""
    steps = [dict(zip(("Do", "User", "At"), (*step.split()[:2], int(step.split()[2])))) for step in text.split(",")]
    return {"Limit": limit, "Window": window, "Lock": lock, "Steps": steps}


def _expected(request):
    failures, locks, answers = {}, {}, []
    for step in request["Steps"]:
        do, user, at = step["Do"], step["User"], step["At"]
        is_locked = user in locks and at < locks[user]
        if do == "success":
            failures[user] = []
            answers.append(None)
        elif do == "locked" or is_locked:
            answers.append(is_locked)
        else:
            times = [time for time in failures.get(user, []) if time > at - request["Window"]] + [at]
            failures[user] = times
            if len(times) >= request["Limit"]:
                failures[user], locks[user] = [], at + request["Lock"]
            answers.append(len(times) >= request["Limit"])
    return answers


def _random_text(random):
    at, steps = 0, []
    for _ in range(30):
        at += random.choice([0, 1, 5, 10, 10, 20, 60])
        do = random.choice(["fail"] * 6 + ["locked"] * 4 + ["success"])
        steps.append(f"{do} {random.choice(['ann', 'ann', 'bob'])} {at}")
    return ",".join(steps)


def check(exam):
    random = exam.random
    requests = [
        _request(2, 60, 3600, "fail ann 0,fail ann 30,locked ann 3540,locked ann 3630,locked bob 40"),
        _request(2, 60, 100, "fail ann 0,fail ann 60,fail ann 119,locked ann 218,locked ann 219"),
        _request(3, 60, 100, "fail ann 0,fail ann 20,fail ann 59,locked ann 59"),
        _request(3, 60, 100, "fail ann 0,fail ann 20,fail ann 60,fail ann 61"),
        _request(2, 600, 100, "fail ann 0,fail ann 1,fail ann 50,fail ann 99,locked ann 100,locked ann 101,locked ann 120"),
        _request(2, 600, 100, "fail ann 0,fail ann 1,fail ann 50,fail ann 101,locked ann 101,fail ann 102"),
        _request(2, 600, 100, "fail ann 0,success ann 1,fail ann 2,fail ann 3"),
        _request(2, 600, 100, "fail ann 0,fail ann 1,success ann 2,locked ann 3,fail ann 4,locked ann 101"),
        _request(2, 60, 100, "fail ann 0,fail bob 1,locked ann 1,fail bob 2,fail ann 3,success bob 4,locked ann 5"),
        _request(1, 60, 10, "locked ann 0,fail ann 0,locked ann 9,locked ann 10,fail ann 10"),
        _request(3, 60, 100, "fail ann 5,fail ann 5,fail ann 5"),
        _request(2, 60, 30, "success ann 0,locked ann 0,fail ann 0,success bob 1,fail ann 2"),
    ]
    for _ in range(25):
        limits = random.randrange(1, 5), random.choice([15, 30, 60, 120]), random.choice([10, 30, 60, 300])
        requests.append(_request(*limits, _random_text(random)))
    for request, found in zip(requests, _ask(exam, requests)):
        exam.equal(found, _expected(request), f"{request}"[:400])

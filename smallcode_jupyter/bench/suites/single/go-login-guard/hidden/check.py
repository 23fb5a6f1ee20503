import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _request(limit, text):
    """Steps such as `fail ann`, separated by commas."""
    return {"Limit": limit, "Steps": [dict(zip(("Do", "User"), step.split())) for step in text.split(",")]}


def _expected(request):
    failures, answers = {}, []
    for step in request["Steps"]:
        do, user = step["Do"], step["User"]
        count = failures.get(user, 0)
        if do == "success":
            failures[user] = 0
            answers.append(None)
            continue
        failures[user] = count + (do == "fail")
        answers.append(failures[user] >= request["Limit"])
    return answers


def check(exam):
    random = exam.random
    requests = [
        _request(2, "fail ann,fail ann,locked ann,locked bob,success ann,locked ann"),
        _request(3, "locked ann,fail ann,fail ann,locked ann,fail ann,locked ann,fail ann,locked ann"),
        _request(2, "fail ann,success ann,fail ann,fail ann"),
        _request(2, "fail ann,fail bob,locked ann,fail bob,success bob,fail ann,locked ann,locked bob"),
        _request(1, "locked ann,fail ann,locked ann,success ann,locked ann,fail ann"),
        _request(2, "success ann,locked ann,fail ann,success bob,fail ann"),
    ]
    for _ in range(25):
        steps = [f"{random.choice(['fail'] * 6 + ['locked'] * 4 + ['success'])} {random.choice(['ann', 'ann', 'bob'])}" for _ in range(25)]
        requests.append(_request(random.randrange(1, 5), ",".join(steps)))
    for request, found in zip(requests, _ask(exam, requests)):
        exam.equal(found, _expected(request), f"{request}"[:400])

import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


MOVES = {("open", "assign"): "assigned", ("assigned", "resolve"): "resolved", ("resolved", "reopen"): "open"}


def check(exam):
    random = exam.random
    cases = [(state, event) for state in ("open", "assigned", "resolved", "closed") for event in ("assign", "resolve", "reopen", "delete")]
    letters = "abcdefghij"
    for _ in range(10):
        word = "".join(random.choice(letters) for _ in range(6))
        cases += [(word, random.choice(["assign", "resolve", "reopen"])), (random.choice(["open", "assigned", "resolved"]), word)]
    for case, found in zip(cases, _ask(exam, cases)):
        exam.equal(found, MOVES.get(case, case[0]), f"Next{case}")

import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(cents, steps):
    answers = [cents]
    for action, amount in steps:
        if action == "spend":
            answers.append(amount <= cents)
            cents -= amount if amount <= cents else 0
        else:
            answers.append(None)
            cents = cents + amount
        answers.append(cents)
    return answers


def check(exam):
    random = exam.random
    cases = [
        (300, [("spend", 250), ("spend", 80)]),
        (0, []),
        (100, [("spend", 100), ("spend", 1)]),
        (100, [("spend", 101), ("spend", 40), ("top_up", 5)]),
        (49000, [("top_up", 1001), ("top_up", 1000), ("top_up", 1), ("spend", 50000)]),
        (0, [("top_up", 50000), ("spend", 20000), ("top_up", 30000)]),
    ]
    for _ in range(20):
        steps = [random.choice([("spend", random.randrange(1, 9000)), ("top_up", random.randrange(1, 20000))]) for _ in range(random.randrange(3, 12))]
        cases.append((random.randrange(0, 50001), steps))
    requests = [[str(cents), *(f"{action} {amount}" for action, amount in steps)] for cents, steps in cases]
    for (cents, steps), found in zip(cases, _ask(exam, requests)):
        exam.equal(found, _expected(cents, steps), f"GiftCard::new({cents}), then {steps}")

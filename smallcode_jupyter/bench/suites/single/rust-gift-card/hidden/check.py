import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(cents, steps):
    changes, is_blocked, answers = [], False, [cents]
    for step in steps:
        action, number = step.split()
        amount = int(number)
        if action == "history":
            answers.append(list(changes))
        elif action == "block":
            is_blocked = True
            answers.append(None)
        elif is_blocked:
            answers.append("card is blocked")
        elif action == "spend" and amount == 0:
            answers.append("nothing to pay")
        elif action == "spend" and amount > cents:
            answers.append(f"short by {amount - cents} cents")
        elif action == "top_up" and cents + amount > 50_000:
            answers.append("over the limit")
        else:
            cents += amount if action == "top_up" else -amount
            changes.append(("+" if action == "top_up" else "-") + str(amount))
            answers.append(cents)
        answers.append(cents)
    return [*answers, changes]


def check(exam):
    random = exam.random
    cases = [
        (300, ["spend 250", "spend 80", "top_up 100"]),
        (0, []),
        (100, ["spend 100", "spend 1", "spend 0"]),
        (100, ["spend 101", "spend 100"]),
        (100, ["block 0", "spend 0", "spend 50", "spend 500", "top_up 10", "top_up 60000", "history 0"]),
        (49_000, ["top_up 1000", "top_up 1", "spend 1", "top_up 1"]),
        (0, ["top_up 50001", "top_up 50000", "history 0"]),
        (100, ["spend 10", "block 0", "history 0", "block 0", "top_up 1"]),
    ]
    for _ in range(30):
        steps = []
        for _ in range(random.randrange(3, 15)):
            action = random.choice(["spend"] * 6 + ["top_up"] * 4 + ["history", "block"] * (random.random() < 0.3))
            steps.append(f"{action} {random.choice([0, 5, 100, 250, 999, random.randrange(1, 20_000), 30_000])}")
        cases.append((random.choice([0, 500, 5000, 40_000]), steps))
    for (cents, steps), found in zip(cases, _ask(exam, [[str(cents), *steps] for cents, steps in cases])):
        exam.equal(found, _expected(cents, steps), f"new({cents}), {steps}")

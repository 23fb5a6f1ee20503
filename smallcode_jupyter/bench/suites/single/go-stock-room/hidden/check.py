import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _step(do, article="", number=0):
    return {"Do": do, "Article": article, "Number": number}


def _expected(steps):
    levels, answers = {}, []
    for step in steps:
        do, article, number = step["Do"], step["Article"], step["Number"]
        if do == "level":
            answers.append(levels.get(article, 0))
        elif do == "low":
            answers.append(sorted(name for name, level in levels.items() if level < number))
        elif number < 1:
            answers.append("quantity")
        elif do == "receive":
            levels[article] = levels.get(article, 0) + number
            answers.append("ok")
        elif article not in levels:
            answers.append("unknown")
        elif levels[article] < number:
            have = levels[article]
            answers.append([article, number, have, f"{article}: want {number}, have {have}"])
        else:
            levels[article] -= number
            answers.append("ok")
    return answers


def check(exam):
    random = exam.random
    scripts = [
        [_step("receive", "bolt", 2), _step("pick", "bolt", 5), _step("level", "bolt")],
        [_step("pick", "nut", 1), _step("level", "nut"), _step("low", number=5)],
        [_step("pick", "nut", 0), _step("pick", "nut", -1), _step("receive", "nut", 0), _step("receive", "nut", -4),
         _step("low", number=9), _step("pick", "nut", 1)],
        [_step("receive", "nut", 3), _step("pick", "nut", 3), _step("level", "nut"), _step("pick", "nut", 1),
         _step("low", number=1), _step("low", number=0)],
        [_step("receive", "nut", 3), _step("receive", "nut", 4), _step("level", "nut"), _step("low", number=7),
         _step("low", number=8)],
        [_step("receive", name, 1) for name in ("pin", "bolt", "nut", "cap", "rod")] + [_step("low", number=2)],
        [_step("receive", "a", 5), _step("receive", "b", 6), _step("pick", "a", 2), _step("level", "b"), _step("level", "a")],
    ]
    for _ in range(25):
        names = random.sample(["bolt", "nut", "pin", "cap", "M8 screw", "rod"], 4)
        actions = ["receive", "receive", "pick", "pick", "pick", "level", "low"]
        scripts.append([_step(random.choice(actions), random.choice(names), random.randrange(-1, 9)) for _ in range(25)])
    for steps, found in zip(scripts, _ask(exam, scripts)):
        exam.equal(found, _expected(steps), f"{[tuple(step.values()) for step in steps]!r:.200}")

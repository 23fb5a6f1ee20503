import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def check(exam):
    random = exam.random
    cases = [([("Ann", 30), ("Bob", 45), ("Ann", 120)], "Ann"), ([("Ann", 30), ("Bob", 45)], "Eve"), ([], "Ann"), ([("Ann", 5)], "Ann"), ([("Ann", 1500)], "Ann"),
             ([("Ann", 59), ("Ann", 1)], "Ann"), ([("Ann Lee", 30), ("Ann", 31)], "Ann"), ([("Ann", 600), ("ann", 61)], "Ann")]
    people = ["Ann", "Bob", "Mia"]
    for _ in range(20):
        entries = [(random.choice(people), random.choice([5, 15, 30, 60, 95, 480])) for _ in range(random.randrange(1, 15))]
        cases.append((entries, random.choice(people)))
    requests = [{"Entries": [{"Person": name, "Minutes": minutes} for name, minutes in entries], "Person": person} for entries, person in cases]
    for (entries, person), found in zip(cases, _ask(exam, requests)):
        total = sum(minutes for name, minutes in entries if name == person)
        exam.equal(found, f"{total // 60}h {total % 60}m", f"Hours({entries}, {person!r})")

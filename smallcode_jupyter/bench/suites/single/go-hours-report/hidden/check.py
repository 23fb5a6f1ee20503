import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _clock(minutes):
    return "%d:%02d" % divmod(minutes, 60)


def _expected(entries):
    if not entries:
        return "no entries\n"
    people = sorted({person for person, _, _ in entries})
    width = max(5, *(len(person) for person in people)) if len(people) > 1 else max(5, len(people[0]))
    lines = []
    for person in people:
        projects = sorted({project for name, project, _ in entries if name == person})
        time = _clock(sum(minutes for name, _, minutes in entries if name == person))
        lines.append(f"{person:<{width}}{time:>8}  {', '.join(projects)}\n")
    time = _clock(sum(minutes for _, _, minutes in entries))
    return "".join(lines) + f"{'total':<{width}}{time:>8}\n"


def check(exam):
    random = exam.random
    cases = [
        [],
        [("Robert", "web", 45), ("Ann", "web", 30), ("Ann", "api", 120)],
        [("Al", "web", 60)],
        [("Al", "web", 5), ("Al", "web", 1495)],
        [("Zoe", "a", 59), ("Bo", "b", 1), ("Zoe", "c", 1)],
        [("Al", "web", 0)],
        [("Maximilian", "ops", 6000), ("Eva", "z", 10), ("Eva", "y", 10), ("Eva", "x", 10), ("Eva", "z", 10)],
        [("Peter", "db", 61)],
    ]
    for _ in range(20):
        people = random.sample(["Al", "Ann", "Eva", "Robert", "Maximilian", "Zoe", "Peter", "Li", "Carolina"], random.randrange(1, 6))
        projects = ["api", "web", "ops", "db", "mobile"]
        count = random.randrange(1, 16)
        cases.append([(random.choice(people), random.choice(projects), random.randrange(0, 600)) for _ in range(count)])
    requests = [[dict(zip(("Person", "Project", "Minutes"), entry)) for entry in entries] for entries in cases]
    for entries, found in zip(cases, _ask(exam, requests)):
        exam.equal(found, _expected(entries), f"Report({entries!r:.150})")

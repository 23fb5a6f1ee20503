import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def check(exam):
    random = exam.random
    cases = [[(10, 30), (40, 42), (50, 55)], [], [(10, 25)], [(10, 14)], [(10, 15)], [(0, 6), (9, 10)], [(100, 104), (110, 113)], [(0, 1440)], [(7, 7)]]
    for _ in range(20):
        cases.append([(start, start + random.choice([0, 2, 4, 5, 6, 10, 45])) for start in range(0, 100 * random.randrange(1, 7), 100)])
    requests = [[{"Start": start, "End": end} for start, end in outages] for outages in cases]
    for outages, found in zip(cases, _ask(exam, requests)):
        exam.equal(found, sum(end - start for start, end in outages if end - start >= 5), f"Downtime({outages})")

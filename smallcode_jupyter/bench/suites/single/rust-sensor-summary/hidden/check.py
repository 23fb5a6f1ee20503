import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def check(exam):
    random = exam.random
    cases = [([1.0, 4.5, 2.0], 1.5), ([], 0.0), ([3.0], 3.0), ([3.0], 2.5), ([-4.0, -2.5, -3.0], -3.0), ([5.0, 5.0, 1.0, 5.0], 4.0), ([0.0, 0.0], 0.0)]
    for _ in range(15):
        values = [random.randrange(-80, 160) / 4 for _ in range(random.randrange(1, 12))]
        cases.append((values, random.choice([*values, 0.0, 12.3])))
    answers = _ask(exam, [[do, str(limit), *map(str, values)] for values, limit in cases for do in ("above", "mean")])
    for (values, limit), above, mean in zip(cases, answers[::2], answers[1::2]):
        exam.equal(above, sum(value > limit for value in values), f"count_above({values}, {limit})")
        exam.equal(mean, float(f"{sum(values) / len(values):.6f}") if values else None, f"mean({values})", approx=2e-6)

import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _is_clear(values):
    """The mean's first decimal does not hang on how sums are rounded."""
    return not values or abs(sum(values) / len(values) * 10 % 1 - 0.5) > 0.01


def check(exam):
    random = exam.random
    cases = [(2.0, [1.0, 4.5, 2.0]), (0.0, []), (3.0, [3.0]), (-1.0, [-5.0, -2.0, -0.5]), (0.0, [10.0, 10.0]), (5.0, [1.0, 2.0]),
             (0.0, [-3.0, -7.0]), (1.0, [1.0, 1.5, 1.0, 2.0]), (-99.5, [0.0, 100.0, 12.0])]
    while len(cases) < 30:
        values = [random.randrange(-300, 400) / 10 for _ in range(random.randrange(1, 10))]
        if _is_clear(values):
            cases.append((random.choice([*values, 0.0, 12.5]), values))
    for (limit, values), found in zip(cases, _ask(exam, [[str(limit), *map(str, values)] for limit, values in cases])):
        text = "no readings"
        if values:
            middle = sum(values) / len(values)
            text = f"n={len(values)} min={min(values):.1f} mean={middle:.1f} max={max(values):.1f}"
        exam.equal(found[0], sum(values) / len(values) if values else None, f"mean of {values}", approx=1e-9)
        exam.equal(found[1], [i for i, value in enumerate(values) if value > limit], f"above {limit} of {values}")
        exam.equal(found[2], text, f"summary of {values}")

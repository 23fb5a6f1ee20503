import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(items):
    return [[name, sum(count for other, count in items if other == name)] for name in sorted({name for name, _ in items})]


def check(exam):
    random = exam.random
    cases = [[("milk", 3), ("bread", 1), ("milk", 2)], [], [("figs", 7)], [("milk", 1)], [("milk", 2), ("milk", 2)], [("pears", 1), ("apples", 2)],
             [("milk", 6), ("milk", 4), ("milk", 1)], [("Milk", 1), ("milk", 2)]]
    names = ["milk", "oat milk", "bread", "figs", "apples"]
    cases += [[(random.choice(names), random.choice([1, 2, 3, 12])) for _ in range(random.randrange(1, 12))] for _ in range(20)]
    requests = [["items", *(str(field) for item in items for field in item)] for items in cases]
    for items, found in zip(cases, _ask(exam, requests)):
        exam.equal(found, _expected(items), f"merge({items})")

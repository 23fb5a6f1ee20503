SETUP = '''
import solution

def play(max_items, steps):
    cache = solution.ThumbnailCache(max_items)
    seen = []
    for name, key, *rest in steps:
        result = None
        if name == "put":
            cache.put(key, rest[0].encode())
        else:
            result = cache.get(key)
        seen.append([result, list(cache.keys())])
    return seen
'''


def model(max_items, steps):
    entries, seen = [], []  # pairs, the most recently used last
    for name, key, *rest in steps:
        result = None
        if name == "put":
            entries = [*entries, (key, rest[0].encode())][-max_items:]
        else:
            for entry in entries:
                if entry[0] == key:
                    entries = [other for other in entries if other is not entry] + [entry]
                    result = entry[1]
                    break
        seen.append([result, [entry[0] for entry in entries]])
    return seen


def compare(exam, py, max_items, steps):
    got = py.value("play(max_items, steps)", max_items=max_items, steps=steps)
    expected = model(max_items, steps)
    if not isinstance(got, list):
        exam.true(False, f"max_items {max_items}, {steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            exam.equal(one, other, f"max_items {max_items}, [result, keys] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def put(key):
    return ["put", key, f"data of {key}"]


def check(exam):
    py = exam.python(SETUP)
    py.equal("solution.ThumbnailCache(10).keys()", [])
    py.equal("solution.ThumbnailCache(10).get('a')", None)
    compare(exam, py, 2, [put("a"), put("b"), ["get", "a"], put("c"), ["get", "b"], ["get", "a"]])
    compare(exam, py, 1, [put("a"), put("b"), ["get", "b"], ["get", "a"], put("c")])
    compare(exam, py, 3, [put("d"), put("a"), put("c"), ["get", "d"], ["get", "d"], put("b"), put("e"), ["get", "c"]])
    compare(exam, py, 9, [put("b"), put("a"), ["get", "x"], ["get", "a"], ["get", "b"]])
    for _ in range(12):
        max_items = exam.random.randrange(1, 6)
        steps, known = [], []
        for number in range(30):
            if exam.random.random() < 0.5 or not known:
                known.append(f"{exam.random.choice('abcxyz')}{number}")
                steps.append(put(known[-1]))
            else:
                steps.append(["get", exam.random.choice(known[-max_items - 2 :])])
        compare(exam, py, max_items, steps)

SETUP = '''
import solution

def play(max_bytes, steps):
    cache = solution.ThumbnailCache(max_bytes)
    seen = []
    for name, key, *rest in steps:
        result = None
        if name == "put":
            cache.put(key, rest[1].encode() * rest[0])
        elif name == "get":
            result = cache.get(key)
        else:
            result = key in cache
        seen.append([result, cache.keys(), len(cache), cache.total_bytes()])
    return seen
'''


def model(max_bytes, steps):
    entries, seen = [], []  # pairs, the most recently used last
    for name, key, *rest in steps:
        found = next((entry for entry in entries if entry[0] == key), None)
        result = None
        if name == "put":
            entries = [entry for entry in entries if entry[0] != key]
            data = rest[1].encode() * rest[0]
            if len(data) <= max_bytes:
                entries.append((key, data))
                while sum(len(entry[1]) for entry in entries) > max_bytes:
                    entries.pop(0)
        elif name == "get":
            if found:
                entries.remove(found)
                entries.append(found)
                result = found[1]
        else:
            result = found is not None
        seen.append([result, [entry[0] for entry in entries], len(entries), sum(len(entry[1]) for entry in entries)])
    return seen


def compare(exam, py, max_bytes, steps):
    got = py.value("play(max_bytes, steps)", max_bytes=max_bytes, steps=steps)
    expected = model(max_bytes, steps)
    if not isinstance(got, list):
        exam.true(False, f"max_bytes {max_bytes}, {steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            exam.equal(one, other, f"max_bytes {max_bytes}, [result, keys, len, total] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def put(key, size, letter="x"):
    return ["put", key, size, letter]


def check(exam):
    py = exam.python(SETUP)
    py.equal("solution.ThumbnailCache(10).keys()", [])
    py.equal("(len(solution.ThumbnailCache(10)), solution.ThumbnailCache(10).total_bytes())", (0, 0))
    compare(exam, py, 10, [put("a", 4), put("b", 4), ["get", "a"], put("c", 4)])
    compare(exam, py, 10, [put("a", 4), put("b", 4), ["in", "a"], put("c", 4), ["in", "a"], ["in", "b"]])
    compare(exam, py, 10, [put("a", 10), put("b", 1), ["get", "a"], put("a", 10)])
    compare(exam, py, 10, [put("a", 4), put("b", 4), put("a", 11), ["get", "a"], ["get", "b"]])
    compare(exam, py, 10, [put("a", 2), put("b", 2), put("c", 2), put("d", 9), ["get", "d"]])
    compare(exam, py, 10, [put("a", 6), put("b", 3), put("a", 7, "y"), ["get", "a"], put("b", 1), put("c", 3)])
    compare(exam, py, 5, [put("a", 0), ["get", "a"], ["in", "a"], put("b", 5), ["get", "b"], put("a", 1)])
    compare(exam, py, 5, [put("z", 6), ["get", "z"], ["in", "z"]])
    for _ in range(20):
        max_bytes = exam.random.randrange(4, 25)
        steps = []
        for _ in range(60):
            key = exam.random.choice("abcdefg")
            name = exam.random.choice(["put", "put", "get", "in"])
            steps.append(put(key, exam.random.randrange(0, max_bytes // 2 + 2) if exam.random.random() < 0.9 else max_bytes + exam.random.randrange(0, 3),
                             exam.random.choice("xyz")) if name == "put" else [name, key])
        compare(exam, py, max_bytes, steps)

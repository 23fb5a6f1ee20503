import copy
import json

DEFAULTS = {"output": {"folder": "out", "format": "csv"}, "columns": ["id", "name"], "verbose": False}


def merged(base, changes):
    result = copy.deepcopy(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = {**result[key], **value} if both else value
    return result


def random_table(random, depth=0):
    table = {}
    for key in random.sample("abcde", random.randint(0 if depth else 1, 4)):
        if depth < 1 and random.random() < 0.6:
            table[key] = random_table(random, depth + 1)
        else:
            table[key] = random.choice([1, "x", None, True, [1, 2], []])
    return table


def check(exam):
    py = exam.python("import solution, copy\ndef both(a, b):\n    c = solution.merge(a, b)\n    return [c, a, b]")
    pairs = [
        ({}, {}), ({"a": 1}, {}), ({}, {"a": {"b": 1}}), ({"a": {"b": 1}}, {"a": 2}), ({"a": 2}, {"a": {"b": 1}}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}), ({"a": [1]}, {"a": [2]}), ({"a": {"b": 1}}, {"a": None}), ({"a": {"b": 1}}, {"a": {}}),
    ]
    pairs += [(random_table(exam.random), random_table(exam.random)) for _ in range(25)]
    for base, changes in pairs:
        py.equal("both(a, b)", [merged(base, changes), base, changes], a=base, b=changes)
    for text in ('{"output": {"format": "json"}}', '{"columns": ["x"], "verbose": true}', '{"output": {"folder": "/tmp", "new": 1}}', '{"output": "none"}', "{}"):
        py.equal("solution.load_settings(text)", merged(DEFAULTS, json.loads(text)), text=text)
        py.equal("solution.load_settings()", DEFAULTS)
        py.equal("solution.DEFAULTS", DEFAULTS)

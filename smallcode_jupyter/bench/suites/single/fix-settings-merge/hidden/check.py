import copy
import json

DEFAULTS = {
    "output": {"folder": "out", "format": "csv", "compress": False},
    "columns": ["id", "name"],
    "retry": {"times": 3, "wait": {"first": 1, "factor": 2}},
    "verbose": False,
}


def flat(table, path=()):
    found = {}
    for key, value in table.items():
        if isinstance(value, dict) and value:
            found.update(flat(value, (*path, key)))
        else:
            found[(*path, key)] = value
    return found


def merged(base, changes):
    result = copy.deepcopy(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else copy.deepcopy(value)
    return result


def random_table(random, depth=0):
    table = {}
    for key in random.sample("abcde", random.randint(0 if depth else 1, 4)):
        if depth < 4 and random.random() < 0.6:
            table[key] = random_table(random, depth + 1)
        else:
            table[key] = random.choice([1, "x", None, True, [1, 2], [], {}])
    return table


def check(exam):
    py = exam.python("import solution, copy\ndef both(a, b):\n    c = solution.merge(a, b)\n    return [c, a, b]")
    pairs = [
        ({}, {}), ({"a": 1}, {}), ({}, {"a": {"b": 1}}), ({"a": {"b": 1}}, {"a": 2}), ({"a": 2}, {"a": {"b": 1}}),
        ({"a": {"b": {"c": {"d": 1, "e": 2}}}}, {"a": {"b": {"c": {"e": 3}}}}), ({"a": [1]}, {"a": [2]}),
        ({"a": {"b": 1}}, {"a": None}), ({"a": {"b": 1}}, {"a": {}}), ({"a": {"b": {"x": 1}}}, {"a": {"b": 5, "c": {"y": 1}}}),
    ]
    pairs += [(random_table(exam.random), random_table(exam.random)) for _ in range(25)]
    for base, changes in pairs:
        py.equal("both(a, b)", [merged(base, changes), base, changes], a=base, b=changes)
    texts = ["", '{"output": {"format": "json"}}', '{"retry": {"wait": {"first": 5}}}', '{"columns": ["x"], "verbose": true}',
             '{"extra": {"deep": {"er": 1}}}', '{"output": "none"}', "{}"]
    words = [[], ["retry.wait.factor=3"], ["output.format=xml", "verbose=true"], ["columns=[1]", "retry.times=0"], ["a.b.c=d=e"]]
    nested = [{}, {"retry": {"wait": {"factor": 3}}}, {"output": {"format": "xml"}, "verbose": True},
              {"columns": [1], "retry": {"times": 0}}, {"a": {"b": {"c": "d=e"}}}]
    for text in texts:
        for word, table in zip(words, nested):
            expected = merged(merged(DEFAULTS, json.loads(text or "{}")), table)
            py.equal("solution.load_settings(text, words)", expected, text=text, words=word)
            py.equal("solution.DEFAULTS", DEFAULTS)
    py.equal("solution.load_settings()", DEFAULTS)
    for word, table in zip(words, nested):
        py.equal("solution.parse_overrides(words)", table, words=word)
    py.raises("ValueError", "solution.parse_overrides(['verbose'])")
    py.equal("solution.describe(solution.DEFAULTS)", [
        'columns = ["id", "name"]', "output.compress = false", 'output.folder = "out"', 'output.format = "csv"',
        "retry.times = 3", "retry.wait.factor = 2", "retry.wait.first = 1", "verbose = false"])

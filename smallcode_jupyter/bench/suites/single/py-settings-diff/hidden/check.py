import copy
import json


def flat(tree, path=()):
    if isinstance(tree, dict) and (tree or not path):
        return {name: leaf for key, item in tree.items() for name, leaf in flat(item, (*path, key)).items()}
    return {".".join(path): json.dumps(tree)}


def expected(old, new):
    before, after = flat(old), flat(new)
    lines = []
    for path in sorted({*before, *after}):
        if path not in before:
            lines.append(f"+ {path} = {after[path]}")
        elif path not in after:
            lines.append(f"- {path} = {before[path]}")
        elif before[path] != after[path]:
            lines.append(f"~ {path}: {before[path]} -> {after[path]}")
    return lines


def tree(random, depth):
    found = {}
    for key in random.sample(["a", "b", "cache", "db", "url"], random.randrange(0 if depth else 1, 4)):
        if depth < 3 and random.random() < 0.45:
            found[key] = tree(random, depth + 1)
        else:
            found[key] = random.choice([2, 3, None, "x", "y z", [2, "x"], [], {}, 2.5, "false", False])
    return found


def check(exam):
    py = exam.python()

    def same(old, new, lines=None):
        py.equal("solution.changes(old, new)", expected(old, new) if lines is None else lines, old=old, new=new)

    same(
        {"db": {"host": "a", "port": 1}, "debug": True},
        {"db": {"host": "b", "port": 1}, "tags": ["x"]},
        ['~ db.host: "a" -> "b"', "- debug = true", '+ tags = ["x"]'],
    )
    same({}, {}, [])
    same({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 1}}}, [])
    same({}, {"a": {"b": 1, "c": None}}, ["+ a.b = 1", "+ a.c = null"])
    same({"a": {"b": {"c": "x"}}}, {}, ['- a.b.c = "x"'])
    same({"a": [1, 2]}, {"a": [2, 1]}, ["~ a: [1, 2] -> [2, 1]"])
    same({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ['~ a: [{"b": 1}] -> [{"b": 2}]'])
    same({"a": {}}, {}, ["- a = {}"])
    same({"a": {}}, {"a": {"b": 1}}, ["- a = {}", "+ a.b = 1"])
    same({"a": 5}, {"a": {"b": 1}}, ["- a = 5", "+ a.b = 1"])
    same({"a": None}, {}, ["- a = null"])
    same({"a": None}, {"a": 2}, ["~ a: null -> 2"])
    same({"a": "2"}, {"a": 2}, ['~ a: "2" -> 2'])
    same({"z": 2, "b": 2}, {"b": 3, "a": 2}, ["+ a = 2", "~ b: 2 -> 3", "- z = 2"])
    py.run("old = {'a': {'b': 1}}; new = {'a': {'c': [2]}}; solution.changes(old, new)")
    py.equal("(old, new)", ({"a": {"b": 1}}, {"a": {"c": [2]}}))
    for _ in range(25):
        old = tree(exam.random, 0)
        new = copy.deepcopy(old) if exam.random.random() < 0.5 else tree(exam.random, 0)
        if exam.random.random() < 0.8:
            new[exam.random.choice(["a", "db", "new"])] = exam.random.choice([{"x": {"y": 2}}, 7, "s"])
        same(old, new)

def expected(old, new):
    lines = []
    for key in sorted({*old, *new}):
        if key not in old:
            lines.append(f"+ {key} = {new[key]}")
        elif key not in new:
            lines.append(f"- {key} = {old[key]}")
        elif old[key] != new[key]:
            lines.append(f"~ {key}: {old[key]} -> {new[key]}")
    return lines


def check(exam):
    py = exam.python()

    def same(old, new, lines):
        py.equal("solution.changes(old, new)", lines, old=old, new=new)

    same(
        {"host": "a", "port": 1, "debug": 0},
        {"host": "b", "port": 1, "size": 5},
        ["- debug = 0", "~ host: a -> b", "+ size = 5"],
    )
    same({}, {}, [])
    same({"a": 1, "b": "x"}, {"b": "x", "a": 1}, [])
    same({}, {"b": 2, "a": 1}, ["+ a = 1", "+ b = 2"])
    same({"b": "x", "a": "y"}, {}, ["- a = y", "- b = x"])
    same({"a": 0}, {"a": 5}, ["~ a: 0 -> 5"])
    same({"a": ""}, {"a": "x"}, ["~ a:  -> x"])
    same({"z": 2, "b": 2}, {"b": 3, "a": 2}, ["+ a = 2", "~ b: 2 -> 3", "- z = 2"])
    for _ in range(25):
        keys = ["cache", "db", "host", "mode", "port", "url"]
        old = {key: exam.random.choice([0, 2, 3, "x", "y z"]) for key in exam.random.sample(keys, exam.random.randrange(0, 6))}
        new = {key: exam.random.choice([0, 2, 3, "x", "y z"]) for key in exam.random.sample(keys, exam.random.randrange(0, 6))}
        same(old, new, expected(old, new))

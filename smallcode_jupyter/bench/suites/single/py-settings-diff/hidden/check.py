def expected(old, new):
    return {
        "added": sorted({*new} - {*old}),
        "removed": sorted({*old} - {*new}),
        "changed": sorted(key for key in {*old} & {*new} if old[key] != new[key]),
    }


def check(exam):
    py = exam.python()

    def same(old, new, added=(), removed=(), changed=()):
        wanted = {"added": list(added), "removed": list(removed), "changed": list(changed)}
        py.equal("solution.changes(old, new)", wanted, old=old, new=new)

    same({"host": "a", "port": 1, "debug": 0}, {"host": "b", "port": 1, "size": 5}, ["size"], ["debug"], ["host"])
    same({}, {})
    same({"a": 1, "b": "x"}, {"b": "x", "a": 1})
    same({}, {"b": 2, "a": 1}, added=["a", "b"])
    same({"b": "x", "a": "y"}, {}, removed=["a", "b"])
    same({"a": 0}, {"a": 5}, changed=["a"])
    same({"a": ""}, {"a": "x"}, changed=["a"])
    same({"z": 2, "b": 2}, {"b": 3, "a": 2}, ["a"], ["z"], ["b"])
    same({"z": 2, "b": 2}, {"b": 3, "z": 1}, changed=["b", "z"])
    keys = ["cache", "db", "host", "mode", "port", "url"]
    for _ in range(25):
        old, new = (
            {key: exam.random.choice([0, 2, 3, "x", "y z"]) for key in exam.random.sample(keys, exam.random.randrange(0, 6))}
            for _ in range(2)
        )
        same(old, new, **expected(old, new))

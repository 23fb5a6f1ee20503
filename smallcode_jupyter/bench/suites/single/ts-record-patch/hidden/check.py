CODE = "solution.changedFields(Object.freeze(before), Object.freeze(after))"


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    ann = {"name": "Ann", "age": 30}
    for before, after, expected in [
        (ann, {**ann, "name": "Anna"}, {"name": "Anna"}),
        (ann, ann, {}),
        (ann, {"name": "Bo", "age": 1}, {"name": "Bo", "age": 1}),
        (ann, {"age": 0, "name": ""}, {"age": 0, "name": ""}),
        (ann, {**ann, "age": None}, {"age": None}),
        (ann, {**ann, "age": "30"}, {"age": "30"}),
        ({"on": True}, {"on": False}, {"on": False}),
        ({"on": None}, {"on": False}, {"on": False}),
        ({}, {}, {}),
    ]:
        ts.equal(CODE, expected, before=before, after=after)
    names = ["name", "mail", "age", "city", "note", "vip"]
    values = [None, 0, 1, "", "x", "y", True, False]
    for _ in range(20):
        before = {name: exam.random.choice(values) for name in names}
        after = dict(before)
        for name in exam.random.sample(names, exam.random.randrange(0, 5)):
            after[name] = exam.random.choice(values)
        changes = {
            name: after[name]
            for name in names
            if (type(after[name]), after[name]) != (type(before[name]), before[name])
        }
        ts.equal(CODE, changes, before=before, after=after)

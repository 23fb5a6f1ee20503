MAKE = "solution.makePatch(Object.freeze(before), Object.freeze(after))"
APPLY = "solution.applyPatch(Object.freeze(record), Object.freeze(patch))"


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    ann = {"id": "7", "name": "Ann", "age": 30}
    for before, after, expected in [
        (ann, {**ann, "name": "Anna"}, {"name": "Anna"}),
        (ann, ann, {}),
        (ann, {"id": "8", "name": "Bo", "age": 1}, {"name": "Bo", "age": 1}),
        (ann, {**ann, "id": "8"}, {}),
        (ann, {**ann, "age": 0, "name": ""}, {"age": 0, "name": ""}),
        (ann, {**ann, "age": None}, {"age": None}),
        (ann, {**ann, "age": "30"}, {"age": "30"}),
        ({"id": "1", "on": True}, {"id": "1", "on": False}, {"on": False}),
        ({"id": "1", "on": None}, {"id": "1", "on": False}, {"on": False}),
    ]:
        ts.equal(MAKE, expected, before=before, after=after)
    ts.run("space.tags = ['a']")
    ts.equal("solution.makePatch({ id: '1', tags }, { id: '1', tags })", {})
    ts.equal("solution.makePatch({ id: '1', tags }, { id: '1', tags: ['a'] })", {"tags": ["a"]})
    for record, patch, expected in [
        (ann, {"age": 31}, {**ann, "age": 31}),
        (ann, {}, ann),
        (ann, {"age": None}, {**ann, "age": None}),
        (ann, {"age": 0, "name": ""}, {**ann, "age": 0, "name": ""}),
        (ann, {"id": "8"}, ann),
        (ann, {"id": "8", "name": "Bo"}, {**ann, "name": "Bo"}),
        ({"id": "1", "on": True}, {"on": False}, {"id": "1", "on": False}),
    ]:
        ts.equal(APPLY, expected, record=record, patch=patch)
    ts.equal("solution.applyPatch(record, { name: undefined, age: 31 })", {**ann, "age": 31}, record=ann)
    ts.equal("solution.applyPatch(record, { name: undefined, id: undefined })", ann, record=ann)
    ts.equal("(() => { const copy = solution.applyPatch(record, {}); return copy === record; })()", False, record=ann)
    ts.equal("(() => { solution.applyPatch(record, { age: 1 }); return record; })()", ann, record=ann)
    names = ["name", "mail", "age", "city", "note", "vip"]
    values = [None, 0, 1, "", "x", "y", True, False]
    for _ in range(20):
        before = {"id": "a"} | {name: exam.random.choice(values) for name in names}
        after = {**before, "id": exam.random.choice("ab")}
        for name in exam.random.sample(names, exam.random.randrange(0, 5)):
            after[name] = exam.random.choice(values)
        changes = {
            name: after[name]
            for name in names
            if (type(after[name]), after[name]) != (type(before[name]), before[name])
        }
        ts.equal(MAKE, changes, before=before, after=after)
        ts.equal(APPLY, {**after, "id": "a"}, record=before, patch=changes)

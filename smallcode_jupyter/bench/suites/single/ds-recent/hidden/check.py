from smallcode_jupyter.bench.grading.encoding import UNDEFINED, is_same

PLAY = """(() => {
  const recent = new solution.Recent(capacity);
  return steps.map(([name, value]) => {
    let result = null;
    if (name === "push") result = recent.push(value);
    else if (name === "at") result = recent.at(value);
    else recent.clear();
    return [result, recent.toArray(), recent.size, recent.isFull];
  });
})()"""


def model(capacity, steps):
    items, seen = [], []
    for name, value in steps:
        result = None
        if name == "push":
            items.append(value)
            result = items[0] if len(items) > capacity else UNDEFINED
            items = items[-capacity:]
        elif name == "at":
            result = items[value] if -len(items) <= value < len(items) else UNDEFINED
        else:
            items = []
        seen.append([result, list(items), len(items), len(items) == capacity])
    return seen


def compare(exam, js, capacity, steps):
    got = js.value(PLAY, capacity=capacity, steps=steps)
    expected = model(capacity, steps)
    if not isinstance(got, list):
        exam.true(False, f"capacity {capacity}, {steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if not is_same(one, other):
            exam.equal(one, other, f"capacity {capacity}, [result, toArray, size, isFull] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    js = exam.typescript("solution.ts", types="types.ts")
    for capacity in (0, -1, 1.5):
        js.raises("RangeError", "new solution.Recent(n)", n=capacity)
    js.raises("RangeError", "new solution.Recent(NaN)")
    js.equal("new solution.Recent(2).toArray()", [])
    js.equal("[new solution.Recent(2).size, new solution.Recent(2).isFull]", [0, False])
    push = lambda *items: [["push", item] for item in items]
    ats = [["at", index] for index in range(-5, 5)]
    compare(exam, js, 3, push(1, 2, 3, 4) + ats)
    compare(exam, js, 1, push(1, 2) + ats + [["clear", 0]] + push(3, 4))
    compare(exam, js, 3, ats + push(0, 0, "", False, None, 0) + ats)
    compare(exam, js, 2, push(1, 2, 3) + [["clear", 0]] + ats + push(5) + ats + push(6, 7))
    js.run("space.r = new solution.Recent(3); space.r.push(1); space.r.toArray().push(99)")
    js.equal("r.toArray()", [1])
    js.run("space.s = new solution.Recent(3); space.s.push('x')")
    js.equal("[r.toArray(), s.toArray()]", [[1], ["x"]])
    for _ in range(20):
        capacity = exam.random.randrange(1, 7)
        steps = []
        for _ in range(50):
            name = exam.random.choice(["push"] * 12 + ["at"] * 8 + ["clear"])
            steps.append([name, exam.random.randrange(-8, 8)])
        compare(exam, js, capacity, steps)

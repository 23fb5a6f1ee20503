from smallcode_jupyter.bench.grading.encoding import is_same

PLAY = """(() => {
  const recent = new solution.Recent(capacity);
  return items.map((item) => {
    recent.push(item);
    return [recent.toArray(), recent.size];
  });
})()"""


def compare(exam, js, capacity, items):
    got = js.value(PLAY, capacity=capacity, items=items)
    if not isinstance(got, list) or len(got) != len(items):
        exam.true(False, f"capacity {capacity}, {items}: {got!r}"[:300])
        return
    for index, one in enumerate(got):
        kept = items[: index + 1][-capacity:]
        if not is_same(one, [kept, len(kept)]):
            exam.equal(one, [kept, len(kept)], f"capacity {capacity}, [toArray, size] after {items[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(items), "items pushed")


def check(exam):
    js = exam.typescript("solution.ts", types="types.ts")
    js.equal("new solution.Recent(2).toArray()", [])
    js.equal("new solution.Recent(2).size", 0)
    compare(exam, js, 3, [1, 2, 3, 4])
    compare(exam, js, 1, [1, 2, 3])
    compare(exam, js, 3, [0, 0, "", False, None, 0])
    compare(exam, js, 10, ["a", "b"])
    js.run("space.r = new solution.Recent(3); space.r.push(1); space.r.toArray().push(99)")
    js.equal("r.toArray()", [1])
    js.run("space.s = new solution.Recent(3); space.s.push('x')")
    js.equal("[r.toArray(), s.toArray()]", [[1], ["x"]])
    for _ in range(12):
        capacity = exam.random.randrange(1, 7)
        compare(exam, js, capacity, [exam.random.randrange(-8, 8) for _ in range(20)])

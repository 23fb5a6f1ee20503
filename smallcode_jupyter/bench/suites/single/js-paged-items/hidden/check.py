SET_UP = """
space.asked = [];
space.fetchPage = async (cursor) => {
  space.asked.push(cursor);
  const at = cursor === null ? 0 : Number(cursor.slice(1));
  if (pages[at] === "fail") throw new TypeError("page " + at + " is broken");
  return { items: pages[at], next: at + 1 < pages.length ? "p" + (at + 1) : null };
};
space.pulled = 0;
space.numbers = async function* () {
  for (let number = 1; ; number++) { space.pulled += 1; yield number; }
};
"""
TAKE = "await solution.collect(solution.take(solution.allItems(fetchPage), count))"


def cursors(count):
    return [None, *(f"p{number}" for number in range(1, count))]


def check(exam):
    js = exam.javascript()

    def pages(*found):
        js.run(SET_UP, pages=list(found))

    pages([1, 2], [3, 4], [5])
    js.equal("await solution.collect(solution.allItems(fetchPage))", [1, 2, 3, 4, 5])
    js.equal("asked", cursors(3))
    for count, calls in [(3, 2), (2, 1), (4, 2), (5, 3), (9, 3), (1, 1), (0, 0)]:
        pages([1, 2], [3, 4], [5])
        js.equal(TAKE, [1, 2, 3, 4, 5][:count], count=count)
        js.equal("asked", cursors(calls) if calls else [])
    pages([], ["a"], [], ["b", None, 0])
    js.equal("await solution.collect(solution.allItems(fetchPage))", ["a", "b", None, 0])
    js.equal("asked", cursors(4))
    pages([])
    js.equal("await solution.collect(solution.allItems(fetchPage))", [])
    js.equal("asked", [None])
    pages([1], "fail", [2])
    js.equal(TAKE, [1], count=1)
    pages([1], "fail", [2])
    js.raises("TypeError", "await solution.collect(solution.allItems(fetchPage))", says="page 1 is broken")
    js.equal("asked", cursors(2))

    pages([7, 8], [9])
    js.run("space.items = solution.allItems(fetchPage)[Symbol.asyncIterator]()")
    js.equal("asked", [])
    js.equal("(await items.next()).value", 7)
    js.equal("(await items.next()).value", 8)
    js.equal("asked", [None])
    js.equal("(await items.next()).value", 9)
    js.equal("(await items.next()).done", True)

    for count in (0, 1, 5):
        pages([])
        js.equal("await solution.collect(solution.take(numbers(), count))", list(range(1, count + 1)), count=count)
        js.equal("pulled", count)
    for _ in range(12):
        found = [
            [exam.random.randrange(100) for _ in range(exam.random.randrange(0, 5))]
            for _ in range(exam.random.randrange(1, 7))
        ]
        count = exam.random.randrange(1, 16)
        flat, calls = [], 0
        while calls < len(found) and len(flat) < count:
            flat += found[calls]
            calls += 1
        pages(*found)
        js.equal(TAKE, flat[:count], count=count)
        js.equal("asked", cursors(calls))

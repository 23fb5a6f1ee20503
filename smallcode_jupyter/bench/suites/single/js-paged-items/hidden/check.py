SET_UP = """
space.asked = [];
space.fetchPage = async (number) => {
  space.asked.push(number);
  return { items: pages[number - 1] ?? [], hasMore: number < pages.length };
};
"""


def check(exam):
    js = exam.javascript()

    def claim(*pages):
        js.run(SET_UP, pages=list(pages))
        js.equal("await solution.allItems(fetchPage)", [item for page in pages for item in page])
        js.equal("asked", list(range(1, len(pages) + 1)))

    claim([1, 2], [3, 4], [5])
    claim([])
    claim(["a"])
    claim(["a", "b"], ["c"])
    claim([], ["a"], [], ["b", 0])
    for _ in range(12):
        claim(
            *(
                [exam.random.randrange(100) for _ in range(exam.random.randrange(0, 5))]
                for _ in range(exam.random.randrange(1, 7))
            )
        )

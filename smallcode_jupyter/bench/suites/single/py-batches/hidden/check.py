def check(exam):
    py = exam.python("import itertools\nimport solution")
    py.equal("list(solution.batches('abcde', 2))", [["a", "b"], ["c", "d"], ["e"]])
    py.equal("list(solution.batches([], 3))", [])
    py.equal("list(solution.batches([1, 2, 3], 3))", [[1, 2, 3]])
    py.equal("list(solution.batches((1, 2), 5))", [[1, 2]])
    py.equal("list(solution.batches([None, 0, False], 1))", [[None], [0], [False]])
    for size in (0, -1):
        py.raises("ValueError", "list(solution.batches([1, 2], size))", size=size)
        py.raises("ValueError", "list(solution.batches([], size))", size=size)
    py.equal("list(itertools.islice(solution.batches(itertools.count(), 3), 2))", [[0, 1, 2], [3, 4, 5]])
    py.run("rows = iter(range(10))\nparts = solution.batches(rows, 3)")
    py.equal("next(parts)", [0, 1, 2])
    py.equal("next(rows)", 3)
    py.run("first = next(parts)\nnext(parts)")
    py.equal("first", [4, 5, 6])
    for _ in range(20):
        rows = [exam.random.randrange(100) for _ in range(exam.random.randrange(30))]
        size = exam.random.randrange(1, 9)
        expected = [rows[at : at + size] for at in range(0, len(rows), size)]
        py.equal("list(solution.batches(iter(rows), size))", expected, rows=rows, size=size)

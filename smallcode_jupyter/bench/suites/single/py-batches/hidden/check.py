def check(exam):
    py = exam.python()
    py.equal("solution.batches(rows, 2)", [[1, 2], [3, 4], [5]], rows=[1, 2, 3, 4, 5])
    py.equal("solution.batches([], 3)", [])
    py.equal("solution.batches([1, 2, 3], 3)", [[1, 2, 3]])
    py.equal("solution.batches([1, 2], 5)", [[1, 2]])
    py.equal("solution.batches([None, 0, False], 1)", [[None], [0], [False]])
    py.equal("solution.batches(['a', 'b', 'c', 'd'], 2)", [["a", "b"], ["c", "d"]])
    for size in (0, -1):
        py.raises("ValueError", "solution.batches([1, 2], size)", size=size)
    for _ in range(20):
        rows = [exam.random.randrange(100) for _ in range(exam.random.randrange(30))]
        size = exam.random.randrange(1, 9)
        expected = [rows[at : at + size] for at in range(0, len(rows), size)]
        py.equal("solution.batches(rows, size)", expected, rows=rows, size=size)

def table(rows, columns):
    grid = [columns] + [[str(row.get(name, "-")) for name in columns] for row in rows]
    return [" | ".join(line) for line in grid]


def check(exam):
    py = exam.python()

    def same(rows, columns, text=None):
        py.equal("solution.table_lines(rows, columns)", (text or "").splitlines() or table(rows, columns), rows=rows, columns=columns)

    same(
        [{"fruit": "apple", "qty": 3}, {"fruit": "fig"}],
        ["fruit", "qty"],
        "fruit | qty\napple | 3\nfig | -",
    )
    same([{"a": "x"}], ["a"])
    same([{"a": 1.5}, {}], ["a"])
    same([{"a": 0, "b": 2}], ["a", "b"])
    same([{"a": 1, "b": 2, "c": 3}], ["c", "a"])
    same([{"b": 1}, {"b": 2}], ["a"])
    for _ in range(20):
        columns = exam.random.sample(["id", "name", "total price", "note", "x"], exam.random.randrange(1, 5))
        rows = []
        for _ in range(exam.random.randrange(1, 6)):
            row = {name: exam.random.choice([1, 22, 0.5, "ab", "some text", 0]) for name in [*columns, "other"]}
            if exam.random.random() < 0.3:
                row.pop(columns[0])
            rows.append(row)
        same(rows, columns)

def cell(value):
    if value is None:
        return ""
    return f"{value:.2f}" if type(value) is float else str(value).replace("|", "\\|")


def table(rows, columns):
    grid = [[cell(row.get(name)) for name in columns] for row in rows]
    lines = [[], []] + [[] for _ in rows]
    for at, name in enumerate(columns):
        width = max([3, len(name)] + [len(line[at]) for line in grid])
        kinds = {type(row.get(name)) for row in rows} - {type(None)}
        right = bool(kinds) and kinds <= {int, float}
        put = (lambda text: text.rjust(width)) if right else (lambda text: text.ljust(width))
        lines[0].append(put(name))
        lines[1].append("-" * (width - 1) + ":" if right else "-" * width)
        for number, line in enumerate(grid):
            lines[number + 2].append(put(line[at]))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def check(exam):
    py = exam.python()

    def same(rows, columns, text=None):
        py.equal("solution.to_table(rows, columns)", text or table(rows, columns), rows=rows, columns=columns)

    same(
        [{"fruit": "apple", "qty": 3, "price": 1.5}, {"fruit": "fig", "price": 120.0}],
        ["fruit", "qty", "price"],
        "| fruit | qty |  price |\n| ----- | --: | -----: |\n| apple |   3 |   1.50 |\n| fig   |     | 120.00 |",
    )
    same([], ["a", "long name"], "| a   | long name |\n| --- | --------- |")
    same([{"a": "x"}], ["a"], "| a   |\n| --- |\n| x   |")
    same([{"a": 1}], ["a"], "|   a |\n| --: |\n|   1 |")
    same([{"a": None}, {}], ["a"], "| a   |\n| --- |\n|     |\n|     |")
    same([{"a": 1}, {"a": "n/a"}], ["a"])
    same([{"a": 1}, {"a": 2.25}], ["a"])
    same([{"a": 1}, {"a": None}], ["a"])
    same([{"a": "x|y|z"}, {"a": "b"}], ["a"])
    same([{"a": 0, "b": 0.0, "c": ""}], ["a", "b", "c"])
    same([{"a": 1, "b": 2, "c": 3}], ["c", "a"])
    same([{"quantity": 5}], ["quantity"])
    same([{"a": -1.005}, {"a": 1234567.891}], ["a"])
    for _ in range(20):
        columns = exam.random.sample(["id", "name", "total price", "note", "x"], exam.random.randrange(1, 5))
        pools = {
            name: exam.random.choice([[1, 22, 333], [0.5, 12.25, None], ["ab", "a|b", "some text", None], [4, "n/a"], [None]])
            for name in columns
        }
        rows = [{name: exam.random.choice(pools[name]) for name in columns} for _ in range(exam.random.randrange(0, 6))]
        for row in rows:
            if exam.random.random() < 0.2:
                row.pop(columns[0])
        same(rows, columns)

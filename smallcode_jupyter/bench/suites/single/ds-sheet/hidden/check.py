SETUP = '''
import solution

def play(steps):
    sheet = solution.Sheet()
    seen = []
    for name, *values in steps:
        try:
            result = getattr(sheet, name)(*values)
        except IndexError:
            result = "IndexError"
        cells = [[row, col, sheet.get(row, col)] for row in range(12) for col in range(5) if sheet.get(row, col) is not None]
        seen.append([result if name in ("get", "column") or result == "IndexError" else None, sheet.size(), cells])
    return seen
'''


def model(steps):
    rows, seen = [[None] * 8 for _ in range(40)], []
    for name, *values in steps:
        result = None
        if name == "set":
            row, col, value = values
            if row < 0 or col < 0:
                result = "IndexError"
            else:
                rows[row][col] = value
        elif name == "get":
            result = rows[values[0]][values[1]]
        elif name == "column":
            result = [row[values[0]] for row in rows if row[values[0]] is not None]
        elif name == "insert_row":
            rows.insert(values[0], [None] * 8)
        elif name == "delete_row":
            del rows[values[0]]
            rows.append([None] * 8)
        else:
            for row in rows:
                row[values[0]], row[values[1]] = row[values[1]], row[values[0]]
        filled = [(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None]
        size = (max((r + 1 for r, _, _ in filled), default=0), max((c + 1 for _, c, _ in filled), default=0))
        seen.append([result, size, [list(cell) for cell in filled if cell[0] < 12 and cell[1] < 5]])
    return seen


def compare(exam, py, steps):
    got = py.value("play(steps)", steps=steps)
    expected = model(steps)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            exam.equal(one, other, f"[result, size, cells] after {steps[: index + 1][-6:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    py = exam.python(SETUP)
    py.equal("(solution.Sheet().size(), solution.Sheet().get(3, 4), solution.Sheet().column(0))", ((0, 0), None, []))
    py.raises("IndexError", "solution.Sheet().set(-1, 0, 'x')")
    py.raises("IndexError", "solution.Sheet().set(0, -1, 'x')")
    start = [["set", 0, 0, "x"], ["set", 2, 1, 7]]
    compare(exam, py, start + [["insert_row", 1], ["get", 3, 1], ["delete_row", 0], ["column", 0]])
    compare(exam, py, start + [["set", 2, 1, None], ["set", 2, 1, None], ["get", 2, 1], ["set", 0, 0, None]])
    compare(exam, py, [["set", 0, 0, 0], ["set", 1, 0, ""], ["set", 2, 0, False], ["column", 0], ["get", 0, 0]])
    compare(exam, py, [["set", 3, 0, "c"], ["set", 1, 0, "a"], ["set", 2, 1, "z"], ["set", 2, 0, "b"], ["column", 0]])
    compare(exam, py, [["set", row, 0, row] for row in range(5)] + [["insert_row", 0], ["insert_row", 3], ["insert_row", 9], ["column", 0]])
    compare(exam, py, [["set", row, 0, row] for row in range(5)] + [["delete_row", 0], ["delete_row", 2], ["delete_row", 9], ["column", 0]])
    compare(exam, py, start + [["swap_columns", 0, 1], ["swap_columns", 1, 3], ["swap_columns", 2, 2], ["swap_columns", 0, 4]])
    py.run("s = solution.Sheet(); s.set(1_000_000, 2, 'end'); s.insert_row(10)")
    py.equal("(s.get(1_000_001, 2), s.size(), s.column(2))", ("end", (1_000_002, 3), ["end"]))
    for _ in range(20):
        steps = []
        for _ in range(40):
            name = exam.random.choice(["set"] * 6 + ["column", "insert_row", "delete_row", "swap_columns"])
            row, col = exam.random.randrange(0, 8), exam.random.randrange(0, 5)
            steps.append({
                "set": ["set", row, col, exam.random.choice([1, 2, 0, "a", "b", None])],
                "column": ["column", col],
                "insert_row": ["insert_row", row],
                "delete_row": ["delete_row", row],
                "swap_columns": ["swap_columns", col, exam.random.randrange(0, 5)],
            }[name])
        compare(exam, py, steps)

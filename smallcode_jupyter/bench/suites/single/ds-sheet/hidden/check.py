SETUP = '''
import solution

def fill(cells):
    sheet = solution.Sheet()
    for cell in cells:
        sheet.set(*cell)
    values = [[row, col, sheet.get(row, col)] for row in range(12) for col in range(5) if sheet.get(row, col) is not None]
    return [values, sheet.count(), [sheet.column(col) for col in range(5)]]
'''


def compare(exam, py, cells):
    kept = {(row, col): value for row, col, value in cells}
    order = sorted(kept)
    columns = [[kept[cell] for cell in order if cell[1] == col] for col in range(5)]
    py.equal("fill(cells)", [[[*cell, kept[cell]] for cell in order], len(kept), columns], cells=cells)


def check(exam):
    py = exam.python(SETUP)
    py.equal("(solution.Sheet().count(), solution.Sheet().get(3, 4), solution.Sheet().column(0))", (0, None, []))
    compare(exam, py, [[5, 0, "b"], [2, 0, "a"], [2, 1, 7]])
    compare(exam, py, [[0, 0, "x"], [0, 0, "y"], [1, 0, "z"]])
    compare(exam, py, [[3, 0, "c"], [1, 0, "a"], [2, 1, "z"], [2, 0, "b"]])
    compare(exam, py, [[0, 0, 0], [1, 0, ""], [2, 0, 0.5]])
    compare(exam, py, [[10, 4, "ten"], [9, 4, "nine"], [2, 4, "two"], [11, 4, "eleven"]])
    py.run("s = solution.Sheet(); s.set(1_000_000, 2, 'end'); s.set(0, 2, 'begin')")
    py.equal("(s.get(1_000_000, 2), s.count(), s.column(2))", ("end", 2, ["begin", "end"]))
    for _ in range(20):
        cells = []
        for _ in range(25):
            cells.append([exam.random.randrange(0, 12), exam.random.randrange(0, 5), exam.random.choice([1, 2, 0, "a", "b", "", 2.5])])
        compare(exam, py, cells)

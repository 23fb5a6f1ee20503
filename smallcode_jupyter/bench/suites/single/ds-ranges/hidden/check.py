SETUP = '''
import solution

def play(steps, unit):
    known = solution.RangeSet()
    seen = []
    for name, *values in steps:
        values = [value * unit for value in values]
        if name == "in":
            result = values[0] in known
        elif name == "missing":
            result = known.missing(*values)
        else:
            getattr(known, name)(*values)
            result = None
        seen.append([result, known.ranges(), len(known)])
    return seen
'''


def as_ranges(positions, unit=1):
    found = []
    for position in sorted(positions):
        if found and found[-1][1] == position * unit:
            found[-1] = (found[-1][0], (position + 1) * unit)
        else:
            found.append((position * unit, (position + 1) * unit))
    return found


def model(steps, unit):
    marked, seen = set(), []
    for name, *values in steps:
        result = None
        if name == "in":
            result = values[0] in marked
        elif name == "add":
            marked |= set(range(*values))
        elif name == "remove":
            marked -= set(range(*values))
        else:
            result = as_ranges(set(range(*values)) - marked, unit)
        seen.append([result, as_ranges(marked, unit), len(marked) * unit])
    return seen


def compare(exam, py, steps, unit=1):
    got = py.value("play(steps, unit)", steps=steps, unit=unit)
    expected = model(steps, unit)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            exam.equal(one, other, f"[result, ranges, len] after {steps[: index + 1][-6:]}, numbers times {unit}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    py = exam.python(SETUP)
    py.equal("(solution.RangeSet().ranges(), len(solution.RangeSet()), 0 in solution.RangeSet())", ([], 0, False))
    py.equal("solution.RangeSet().missing(2, 9)", [(2, 9)])
    for name in ("add", "remove", "missing"):
        for start, stop in ((3, 3), (5, 2)):
            py.raises("ValueError", f"solution.RangeSet().{name}(start, stop)", start=start, stop=stop)
    compare(exam, py, [["add", 0, 10], ["add", 20, 30], ["add", 10, 12], ["missing", 5, 25], ["remove", 5, 22], ["in", 4], ["in", 5], ["in", 22], ["in", 30]])
    compare(exam, py, [["add", 5, 6], ["add", 1, 2], ["add", 3, 4], ["add", 2, 3], ["missing", 0, 8], ["add", 0, 9]])
    compare(exam, py, [["add", 0, 20], ["remove", 5, 10], ["remove", 0, 3], ["remove", 18, 40], ["missing", 3, 18], ["missing", 6, 8], ["missing", 11, 12]])
    compare(exam, py, [["remove", 1, 5], ["add", 4, 8], ["remove", 4, 8], ["missing", 1, 9]])
    compare(exam, py, [["add", 2, 4], ["missing", 0, 2], ["missing", 4, 6], ["missing", 0, 6], ["in", 1], ["in", 3]])
    for turn in range(20):
        unit = 1 if turn % 2 else 10**10
        steps = []
        for _ in range(40):
            start = exam.random.randrange(0, 90)
            stop = start + exam.random.randrange(1, 12)
            name = exam.random.choice(["add", "add", "add", "remove", "missing", "in"])
            if name == "missing":
                stop += exam.random.randrange(0, 40)
            steps.append([name, start] if name == "in" else [name, start, stop])
        compare(exam, py, steps, unit)

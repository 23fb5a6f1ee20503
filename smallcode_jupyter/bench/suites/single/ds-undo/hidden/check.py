SETUP = '''
import solution

def play(first, steps):
    history = solution.History(first)
    seen = []
    for name, *values in steps:
        result = history.undo() if name == "undo" else (history.record(*values), None)[1]
        seen.append([result, history.current, history.can_undo()])
    return seen
'''


def model(first, steps):
    states, seen = [first], []
    for name, *values in steps:
        if name == "record":
            states.append(values[0])
        elif len(states) > 1:
            states.pop()
        seen.append([states[-1] if name == "undo" else None, states[-1], len(states) > 1])
    return seen


def compare(exam, py, first, steps):
    got = py.value("play(first, steps)", first=first, steps=steps)
    expected = model(first, steps)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other or type(one[2]) is not bool:
            exam.equal(one, other, f"[result, current, can_undo] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    py = exam.python(SETUP)
    py.equal("solution.History('a').current", "a")
    py.equal("solution.History('a').can_undo()", False)
    py.equal("solution.History('a').undo()", "a")
    undo = ["undo"]
    say = lambda *texts: [["record", text] for text in texts]
    compare(exam, py, "a", say("ab", "abc") + [undo, undo, undo] + say("abx") + [undo])
    compare(exam, py, "", say("b", "c", "d", "e") + [undo] * 6)
    compare(exam, py, 0, [["record", 1], ["record", 0], undo, undo, undo])
    for _ in range(12):
        steps = []
        for _ in range(40):
            name = exam.random.choice(["record"] * 4 + ["undo"] * 3)
            steps.append([name, exam.random.choice("bcdefghijk")] if name == "record" else [name])
        compare(exam, py, "a", steps)

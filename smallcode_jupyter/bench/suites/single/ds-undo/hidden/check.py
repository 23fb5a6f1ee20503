SETUP = '''
import solution

def play(first, limit, steps):
    history = solution.History(first) if limit is None else solution.History(first, limit)
    seen = []
    for name, *values in steps:
        result = getattr(history, name)(*values) if name != "record" else (history.record(*values), None)[1]
        seen.append([result, history.current, history.can_undo(), history.can_redo()])
    return seen
'''


def model(first, limit, steps):
    states, at, seen = [first], 0, []
    for name, *values in steps:
        result = None
        if name == "record":
            if values[0] != states[at]:
                states = states[: at + 1] + [values[0]]
                states = states[-((limit or 50) + 1) :]
                at = len(states) - 1
        else:
            at = max(0, at - 1) if name == "undo" else min(len(states) - 1, at + 1)
            result = states[at]
        seen.append([result, states[at], at > 0, at < len(states) - 1])
    return seen


def compare(exam, py, first, limit, steps):
    got = py.value("play(first, limit, steps)", first=first, limit=limit, steps=steps)
    expected = model(first, limit, steps)
    if not isinstance(got, list):
        exam.true(False, f"limit {limit}, {steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            exam.equal(one, other, f"limit {limit}, [result, current, can_undo, can_redo] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    py = exam.python(SETUP)
    py.equal("(solution.History('a').current, solution.History('a').can_undo(), solution.History('a').can_redo())", ("a", False, False))
    undo, redo = ["undo"], ["redo"]
    say = lambda *texts: [["record", text] for text in texts]
    compare(exam, py, "a", None, say("ab", "abc") + [undo, redo, undo] + say("abx") + [redo, undo])
    compare(exam, py, "a", None, [undo, redo])
    compare(exam, py, "a", 2, say("b", "c", "d", "e") + [undo] * 4 + [redo] * 5)
    compare(exam, py, "a", 1, say("b", "c") + [undo, undo, redo, redo])
    compare(exam, py, "a", 5, say("b", "c") + [undo] + say("b") + [redo])
    compare(exam, py, "a", None, [["record", str(n)] for n in range(60)] + [undo] * 55)
    compare(exam, py, 0, None, [["record", 1], ["record", 0], undo, undo, undo, redo])
    compare(exam, py, [], 3, [["record", [1]], ["record", []], undo, undo, redo])
    for _ in range(20):
        limit = exam.random.choice([1, 2, 3, 4, 7, None])
        steps = []
        for _ in range(60):
            name = exam.random.choice(["record"] * 4 + ["undo"] * 3 + ["redo"] * 2)
            steps.append([name, exam.random.choice("abcdef")] if name == "record" else [name])
        compare(exam, py, "a", limit, steps)

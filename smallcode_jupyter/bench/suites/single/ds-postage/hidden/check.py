import json


def model(steps):
    prices, seen = {}, []
    for name, a, b in steps:
        result = None
        if name == "new":
            prices = {}
        elif name == "set":
            prices[a] = b
        elif name == "delete":
            result = prices.pop(a, None) is not None
        elif name == "price":
            enough = [up_to for up_to in prices if up_to >= a]
            result = [prices[min(enough)], True] if enough else [0, False]
        elif name == "below":
            less = [up_to for up_to in prices if up_to < a]
            result = [max(less), prices[max(less)], True] if less else [0, 0, False]
        else:
            result = [[up_to, prices[up_to]] for up_to in sorted(prices) if a <= up_to <= b]
        seen.append([result, len(prices), [list(step) for step in sorted(prices.items())]])
    return seen


def compare(exam, program, runs):
    """All in one run of the program; a claim for each sequence."""
    steps = [step for run in runs for step in [("new", 0, 0), *run]]
    lines = program.lines([json.dumps({"Do": name, "A": a, "B": b}) for name, a, b in steps])
    got, expected, at = [json.loads(line) for line in lines], model(steps), 0
    for run in runs:
        end = at + len(run) + 1
        wrong = next((index for index in range(at, end) if got[index] != expected[index]), None)
        if wrong is None:
            exam.true(True, "")
        else:
            exam.equal(got[wrong], expected[wrong], f"[result, Len, all Steps] after {steps[at + 1 : wrong + 1][-8:]}")
        at = end


def check(exam):
    program = exam.go()
    first = [("set", 50, 100), ("set", 20, 85)]
    ask = [("price", weight, 0) for weight in (0, 19, 20, 21, 50, 51)] + [("below", weight, 0) for weight in (20, 21, 50, 51, 0)]
    runs = [
        [("price", 0, 0), ("below", 0, 0), ("steps", 0, 100), ("delete", 5, 0)],
        first + ask + [("steps", 0, 100)],
        first + [("steps", 20, 50), ("steps", 21, 49), ("steps", 20, 20), ("steps", 60, 90), ("steps", 50, 20)],
        first + [("set", 20, 95), ("price", 20, 0), ("delete", 20, 0), ("delete", 20, 0), ("price", 1, 0), ("below", 50, 0)],
        first + [("delete", 49, 0), ("delete", 50, 0), ("price", 30, 0), ("delete", 20, 0), ("price", 1, 0)],
        [("set", weight, weight * 2) for weight in (5, 3, 9, 1, 7)] + [("below", 8, 0), ("price", 8, 0), ("steps", 3, 7)],
        [("set", 0, 0), ("price", 0, 0), ("below", 1, 0), ("delete", 0, 0)],
    ]
    for _ in range(20):
        run = []
        for _ in range(40):
            name = exam.random.choice(["set"] * 4 + ["delete", "price", "price", "below", "below", "steps"])
            a = exam.random.randrange(0, 25)
            b = exam.random.randrange(1, 300) if name == "set" else a + exam.random.randrange(-2, 15)
            run.append((name, a, b))
        runs.append(run)
    compare(exam, program, runs)

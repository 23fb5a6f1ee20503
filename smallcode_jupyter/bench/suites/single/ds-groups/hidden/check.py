import json


def model(steps):
    groups, seen = [], []
    for name, *words in steps:
        find = lambda word: next((group for group in groups if word in group), None)
        result = None
        if name == "new":
            groups = []
        elif name in ("add", "join"):
            for word in words:
                if find(word) is None:
                    groups.append({word})
            if name == "join":
                first, second = find(words[0]), find(words[1])
                result = first is not second
                if result:
                    groups = [group for group in groups if group is not first and group is not second] + [first | second]
        elif name == "same":
            result = find(words[0]) is not None and find(words[0]) is find(words[1])
        else:
            result = sorted(find(words[0]) or [])
        seen.append([result, len(groups), max(map(len, groups), default=0)])
    return seen


def compare(exam, program, runs):
    """All in one run of the program; a claim for each sequence."""
    steps = [step for run in runs for step in [["new"], *run]]
    got = [json.loads(line) for line in program.lines([json.dumps(step) for step in steps])]
    expected = model(steps)
    at = 0
    for run in runs:
        end = at + len(run) + 1
        wrong = next((index for index in range(at, end) if got[index] != expected[index]), None)
        if wrong is None:
            exam.true(True, "")
        else:
            exam.equal(got[wrong], expected[wrong], f"[result, Count, Largest] after {steps[at + 1 : wrong + 1][-8:]}")
        at = end


def check(exam):
    program = exam.go()
    first = [["join", "ann", "a.lee"], ["join", "bob", "bobby"], ["join", "a.lee", "amy"]]
    runs = [
        [["same", "x", "x"], ["same", "x", "y"], ["members", "x"]],
        first + [["same", "amy", "ann"], ["members", "ann"], ["join", "ann", "amy"], ["members", "bobby"]],
        first + [["join", "bobby", "amy"], ["members", "bob"], ["same", "bob", "a.lee"]],
        first + [["same", "ann", "bob"], ["same", "ann", "zoe"], ["same", "zoe", "ann"], ["members", "zoe"]],
        [["join", "x", "x"], ["members", "x"], ["same", "x", "x"]],
        [["add", "x"], ["add", "x"], ["add", "y"], ["members", "x"], ["join", "x", "y"], ["add", "x"], ["members", "y"]],
        [["add", ""], ["members", ""], ["join", "", "a b"], ["members", "a b"]],
        [["join", f"n{i}", f"n{i + 1}"] for i in range(0, 40, 2)] + [["join", f"n{i}", f"n{i + 2}"] for i in range(38)] + [["members", "n7"]],
    ]
    for _ in range(20):
        names = [f"c{number}" for number in range(exam.random.randrange(3, 14))]
        pick = lambda: exam.random.choice(names)
        kinds = ["join", "join", "same", "same", "members", "add"]
        run = []
        for _ in range(30):
            kind = exam.random.choice(kinds)
            run.append([kind, pick()] if kind in ("members", "add") else [kind, pick(), pick()])
        runs.append(run)
    compare(exam, program, runs)

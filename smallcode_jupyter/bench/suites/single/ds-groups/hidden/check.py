import json


def model(run):
    groups = [{name} for name in run[0][1:]]
    find = lambda word: next(group for group in groups if word in group)
    seen = []
    for name, *words in run:
        if name == "add":
            groups.append({words[0]})
        elif name == "join" and find(words[0]) is not find(words[1]):
            first, second = find(words[0]), find(words[1])
            groups = [group for group in groups if group is not first and group is not second] + [first | second]
        seen.append(str(find(words[0]) is find(words[1])).lower() if name == "same" else "-")
    return seen


def compare(exam, program, runs):
    """All in one run of the program; a claim for each sequence."""
    got = program.lines([json.dumps(step) for run in runs for step in run])
    at = 0
    for run in runs:
        expected, found = model(run), list(got[at : at + len(run)])
        at += len(run)
        wrong = next((index for index in range(len(run)) if found[index : index + 1] != expected[index : index + 1]), None)
        if wrong is None:
            exam.true(True, "")
        else:
            exam.equal(found[wrong : wrong + 1], [expected[wrong]], f"{run[wrong]} after {run[:wrong][-8:]}")


def check(exam):
    program = exam.go()
    start = ["new", "ann", "bob", "amy", "zoe"]
    same = [["same", one, other] for one in start[1:] for other in start[1:]]
    runs = [
        [start, *same],
        [start, ["join", "ann", "bob"], *same, ["join", "bob", "amy"], *same],
        [start, ["join", "ann", "bob"], ["join", "amy", "zoe"], *same, ["join", "zoe", "ann"], *same],
        [start, ["join", "amy", "amy"], *same, ["join", "zoe", "amy"], ["join", "amy", "zoe"], *same],
        [start, ["join", "ann", "bob"], ["add", "kim"], ["same", "kim", "ann"], ["same", "kim", "zoe"], ["join", "kim", "bob"], ["same", "ann", "kim"]],
    ]
    for _ in range(15):
        names = [f"c{number}" for number in range(exam.random.randrange(3, 12))]
        run = [["new", *names]]
        for _ in range(30):
            run.append([exam.random.choice(["join", "same", "same"]), exam.random.choice(names), exam.random.choice(names)])
        runs.append(run)
    compare(exam, program, runs)

def model(run):
    steps, seen = [], []
    for name, a, b in run:
        if name == "add":
            steps.append((a, b))
        if name == "price":
            enough = [price for up_to, price in steps if up_to >= a]
            seen.append(f"{enough[0]} true" if enough else "0 false")
        else:
            seen.append(str(len(steps)))
    return seen


def compare(exam, program, runs):
    """All in one run of the program; a claim for each sequence."""
    runs = [[("new", 0, 0), *run] for run in runs]
    got = program.lines(["{} {} {}".format(*step) for run in runs for step in run])
    at = 0
    for run in runs:
        expected, found = model(run), list(got[at : at + len(run)])
        at += len(run)
        wrong = next((index for index in range(len(run)) if found[index : index + 1] != expected[index : index + 1]), None)
        if wrong is None:
            exam.true(True, "")
        else:
            exam.equal(found[wrong : wrong + 1], [expected[wrong]], f"{run[wrong]} (new, add: Len; price: PriceFor) after {run[1:wrong][-8:]}")


def check(exam):
    program = exam.go()
    ask = [("price", weight, 0) for weight in (0, 19, 20, 21, 50, 51)]
    runs = [
        [("price", 0, 0), ("price", 10, 0)],
        [("add", 20, 85), ("add", 50, 100), *ask],
        [("add", 20, 85), *ask, ("add", 50, 100), *ask, ("add", 51, 7), *ask],
        [("add", weight, weight * 2) for weight in (1, 3, 5, 7, 9)] + [("price", weight, 0) for weight in range(11)],
        [("add", 10, 500), ("add", 20, 300), ("add", 1000, 1), ("price", 5, 0), ("price", 11, 0), ("price", 500, 0), ("price", 1001, 0)],
    ]
    for _ in range(15):
        run = []
        for weight in sorted(exam.random.sample(range(1, 60), 8)):
            run.append(("add", weight, exam.random.randrange(1, 300)))
            run += [("price", exam.random.randrange(0, 65), 0) for _ in range(2)]
        runs.append(run)
    compare(exam, program, runs)

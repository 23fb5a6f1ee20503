def model(run):
    prices, seen = {}, []
    for name, a, b in run:
        if name == "set":
            prices[a] = b
        if name == "price":
            enough = [up_to for up_to in prices if up_to >= a]
            seen.append(f"{prices[min(enough)]} true" if enough else "0 false")
        else:
            seen.append(str(len(prices)))
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
            exam.equal(found[wrong : wrong + 1], [expected[wrong]], f"{run[wrong]} (new, set: Len; price: PriceFor) after {run[1:wrong][-8:]}")


def check(exam):
    program = exam.go()
    first = [("set", 50, 100), ("set", 20, 85)]
    ask = [("price", weight, 0) for weight in (0, 19, 20, 21, 50, 51)]
    runs = [
        [("price", 0, 0), ("price", 10, 0)],
        [*first, *ask],
        [("set", 20, 85), ("set", 50, 100), *ask],
        [*first, ("set", 20, 95), *ask, ("set", 30, 50), *ask, ("price", 30, 0), ("price", 31, 0)],
        [("set", weight, weight * 2) for weight in (5, 3, 9, 1, 7)] + [("price", weight, 0) for weight in range(11)],
        [("set", 10, 500), ("set", 20, 300), ("set", 1000, 1), ("price", 5, 0), ("price", 11, 0), ("price", 500, 0), ("price", 1001, 0)],
    ]
    for _ in range(15):
        run = []
        for _ in range(25):
            name = exam.random.choice(["set", "set", "price", "price", "price"])
            run.append((name, exam.random.randrange(1, 40), exam.random.randrange(1, 300) if name == "set" else 0))
        runs.append(run)
    compare(exam, program, runs)

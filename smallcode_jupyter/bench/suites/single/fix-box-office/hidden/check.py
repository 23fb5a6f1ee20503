import json


class Shop:
    def __init__(self):
        self.free = {}

    def step(self, do, name, count=0):
        if do == "free":
            return self.free.get(name, 0)
        if do == "add":
            self.free[name] = count
            return True
        if name not in self.free or self.free[name] < count:
            return False
        self.free[name] -= count
        return True


def check(exam):
    program = exam.go()
    see = [("free", "hamlet"), ("free", "macbeth"), ("free", "faust")]
    runs = [
        [("add", "hamlet", 5), ("hold", "hamlet", 3), *see, ("hold", "hamlet", 3), *see],
        [("add", "hamlet", 5), ("hold", "hamlet", 5), *see, ("hold", "hamlet", 1), *see],
        [("add", "hamlet", 5), ("hold", "hamlet", 1), ("hold", "hamlet", 2), *see],
        [*see, ("hold", "hamlet", 1), *see],
        [("add", "macbeth", 4), ("add", "hamlet", 1), ("hold", "hamlet", 1), *see, ("hold", "macbeth", 3), *see, ("hold", "faust", 1)],
        [("add", "hamlet", 9), ("hold", "hamlet", 4), ("hold", "hamlet", 4), ("hold", "hamlet", 4), *see],
    ]
    for _ in range(30):
        shows = exam.random.sample(["hamlet", "macbeth", "faust"], exam.random.randint(1, 3))
        steps = [("add", show, exam.random.randint(1, 12)) for show in shows]
        for _ in range(exam.random.randint(3, 15)):
            steps.append((exam.random.choice(["hold", "hold", "free"]), exam.random.choice(["hamlet", "macbeth", "faust"]), exam.random.randint(1, 5)))
        runs.append([*steps, *see])
    lines = [json.dumps([dict(zip(("Do", "Name", "Seats"), step)) for step in steps]) for steps in runs]
    for steps, answer in zip(runs, program.lines(lines)):
        shop = Shop()
        exam.equal(json.loads(answer), [shop.step(*step) for step in steps], f"{steps}")

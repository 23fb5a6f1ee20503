import json


class Shop:
    def __init__(self):
        self.all, self.held = {}, {}

    def step(self, do, name="", count=0):
        free = self.all.get(name, 0) - self.held.get(name, 0)
        if do == "free":
            return free
        if do == "scarce":
            return sorted(each for each in self.all if self.all[each] - self.held[each] < count)
        if do == "report":
            return [f"{each}: {self.all[each]} ({self.held[each]} held)" for each in self.all]
        if count <= 0:
            return "count"
        if do == "add":
            self.all[name] = self.all.get(name, 0) + count
            self.held.setdefault(name, 0)
            return "ok"
        if name not in self.all:
            return "unknown"
        if (free if do == "hold" else self.held[name]) < count:
            return "not enough"
        self.held[name] += count if do == "hold" else -count
        self.all[name] -= count if do == "sell" else 0
        return "ok"


def check(exam):
    program = exam.go()
    see = [("free", "hamlet"), ("scarce", "", 3), ("report",)]
    runs = [
        [("add", "hamlet", 5), ("hold", "hamlet", 3), *see, ("hold", "hamlet", 3), ("return", "hamlet", 1), *see],
        [("add", "hamlet", 5), ("hold", "hamlet", 3), ("sell", "hamlet", 3), *see, ("sell", "hamlet", 1), ("return", "hamlet", 1)],
        [("add", "hamlet", 5), ("sell", "hamlet", 1), ("hold", "hamlet", 5), ("hold", "hamlet", 1), ("sell", "hamlet", 2), *see, ("return", "hamlet", 4), *see],
        [("add", "hamlet", 5), ("hold", "hamlet", 1), ("hold", "hamlet", 2), *see, ("sell", "hamlet", 2), ("sell", "hamlet", 1), *see],
        [*see, ("hold", "hamlet", 1), ("hold", "hamlet", 0), ("sell", "hamlet", -1), ("return", "hamlet", 1), ("add", "hamlet", 0), ("add", "hamlet", -2), *see],
        [("add", "macbeth", 2), ("add", "hamlet", 1), ("add", "macbeth", 2), ("hold", "macbeth", 4), ("hold", "hamlet", 1), *see, ("sell", "macbeth", 4), *see],
        [("add", "c", 1), ("add", "b", 1), ("add", "a", 1), ("hold", "b", 1), ("scarce", "", 1), ("scarce", "", 2), ("scarce", "", 0), ("report",)],
    ]
    for _ in range(30):
        steps = []
        for _ in range(exam.random.randint(4, 25)):
            do = exam.random.choice(["add", "add", "add", "hold", "hold", "return", "sell", "sell", "free", "scarce", "report"])
            steps.append((do, exam.random.choice(["hamlet", "macbeth", "faust"]), exam.random.randint(-1 if do == "add" else 0, 6)))
        runs.append([*steps, ("report",)])
    lines = [json.dumps([dict(zip(("Do", "Name", "Seats"), step)) for step in steps]) for steps in runs]
    for steps, answer in zip(runs, program.lines(lines)):
        shop = Shop()
        exam.equal(json.loads(answer), [shop.step(*step) for step in steps], f"{steps}")

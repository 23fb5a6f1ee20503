import json


class Shop:
    def __init__(self):
        self.all, self.held = {}, {}

    def step(self, do, name="", quantity=0):
        free = self.all.get(name, 0) - self.held.get(name, 0)
        if do == "available":
            return free
        if do == "low":
            return sorted(each for each in self.all if self.all[each] - self.held[each] < quantity)
        if do == "report":
            return [f"{each}: {self.all[each]} ({self.held[each]} reserved)" for each in self.all]
        if quantity <= 0:
            return "quantity"
        if do == "add":
            self.all[name] = self.all.get(name, 0) + quantity
            self.held.setdefault(name, 0)
            return "ok"
        if name not in self.all:
            return "unknown"
        if (free if do == "reserve" else self.held[name]) < quantity:
            return "not enough"
        self.held[name] += quantity if do == "reserve" else -quantity
        self.all[name] -= quantity if do == "ship" else 0
        return "ok"


def check(exam):
    program = exam.go()
    see = [("available", "mug"), ("low", "", 3), ("report",)]
    runs = [
        [("add", "mug", 5), ("reserve", "mug", 3), *see, ("reserve", "mug", 3), ("release", "mug", 1), *see],
        [("add", "mug", 5), ("reserve", "mug", 3), ("ship", "mug", 3), *see, ("ship", "mug", 1), ("release", "mug", 1)],
        [("add", "mug", 5), ("ship", "mug", 1), ("reserve", "mug", 5), ("reserve", "mug", 1), ("ship", "mug", 2), *see, ("release", "mug", 4), *see],
        [("add", "mug", 5), ("reserve", "mug", 1), ("reserve", "mug", 2), *see, ("ship", "mug", 2), ("ship", "mug", 1), *see],
        [*see, ("reserve", "mug", 1), ("reserve", "mug", 0), ("ship", "mug", -1), ("release", "mug", 1), ("add", "mug", 0), ("add", "mug", -2), *see],
        [("add", "pen", 2), ("add", "mug", 1), ("add", "pen", 2), ("reserve", "pen", 4), ("reserve", "mug", 1), *see, ("ship", "pen", 4), *see],
        [("add", "c", 1), ("add", "b", 1), ("add", "a", 1), ("reserve", "b", 1), ("low", "", 1), ("low", "", 2), ("low", "", 0), ("report",)],
    ]
    for _ in range(30):
        steps = []
        for _ in range(exam.random.randint(4, 25)):
            do = exam.random.choice(["add", "add", "add", "reserve", "reserve", "release", "ship", "ship", "available", "low", "report"])
            steps.append((do, exam.random.choice(["mug", "pen", "tea"]), exam.random.randint(-1 if do == "add" else 0, 6)))
        runs.append([*steps, ("report",)])
    lines = [json.dumps([dict(zip(("Do", "Name", "Quantity"), step)) for step in steps]) for steps in runs]
    for steps, answer in zip(runs, program.lines(lines)):
        shop = Shop()
        exam.equal(json.loads(answer), [shop.step(*step) for step in steps], f"{steps}")

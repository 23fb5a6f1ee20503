from smallcode_jupyter.bench.grading.encoding import UNDEFINED


class Model:
    """All states in one list, with a place in it."""

    def __init__(self, initial, limit):
        self.states, self.at, self.saved, self.limit = [initial], 0, initial, limit

    def step(self, action):
        name, *args = action
        result = UNDEFINED
        if name == "push" and args[0] != self.states[self.at]:
            self.states = [*self.states[: self.at + 1], args[0]]
            self.states = self.states[-(self.limit + 1) :]
            self.at = len(self.states) - 1
        elif name == "undo" and self.at > 0:
            self.at -= 1
            result = self.states[self.at]
        elif name == "redo" and self.at < len(self.states) - 1:
            self.at += 1
            result = self.states[self.at]
        elif name == "save":
            self.saved = self.states[self.at]
        elif name == "reset":
            self.states, self.at, self.saved = [args[0]], 0, args[0]
        here = self.states[self.at]
        forth = len(self.states) - 1 - self.at
        return [result, here, self.at > 0, forth > 0, here != self.saved, {"back": self.at, "forth": forth}]


def check(exam):
    js = exam.javascript()
    js.run("""space.play = (initial, limit, actions) => {
      const h = limit === null ? new solution.History(initial) : new solution.History(initial, limit);
      return actions.map(([name, ...args]) => [h[name](...args), h.current, h.canUndo, h.canRedo, h.isDirty, h.steps]);
    }""")
    edit = lambda *states: [["push", state] for state in states]
    undo, redo, save = ["undo"], ["redo"], ["save"]
    cases = [
        ("a", None, [*edit("b"), undo, *edit("c"), redo, undo, undo]),
        ("a", None, [*edit("b", "c", "d"), undo, undo, *edit("x"), redo, undo, redo, undo, undo, redo]),
        ("a", None, [*edit("b", "c"), undo, *edit("b"), redo]),
        ("a", None, [*edit("b"), undo, *edit("a"), redo]),
        (0, 2, [*edit(1, 2, 3), undo, undo, undo, redo, redo, redo]),
        (0, 1, [*edit(1, 2, 3), undo, undo, redo]),
        (0, 3, [*edit(1, 2, 3), undo, undo, undo, undo]),
        (0, 2, [*edit(1, 2, 3, 4, 5), undo, *edit(9), undo, undo, undo]),
        ("a", None, [*edit("b"), save, undo, redo, *edit("c"), save, ["reset", "z"], undo, redo, *edit("y"), undo]),
    ]
    for _ in range(25):
        actions = []
        for _ in range(exam.random.randint(5, 30)):
            kind = exam.random.random()
            actions.append(["push", exam.random.randint(0, 9)] if kind < 0.5 else undo if kind < 0.75 else redo if kind < 0.92
                           else save if kind < 0.97 else ["reset", exam.random.randint(0, 9)])
        cases.append((0, exam.random.choice([1, 2, 3, 5, 50]), actions))
    for initial, limit, actions in cases:
        model = Model(initial, 100 if limit is None else limit)
        js.equal("play(initial, limit, actions)", [model.step(action) for action in actions], initial=initial, limit=limit, actions=actions)
    model = Model(0, 100)
    long = [*edit(*range(1, 121)), *[undo] * 103]
    js.equal("play(0, null, actions)", [model.step(action) for action in long], actions=long)

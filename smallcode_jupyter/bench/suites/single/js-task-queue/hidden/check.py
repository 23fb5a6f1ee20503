SETUP = """
space.settle = () => new Promise((resolve) => setTimeout(resolve, 2));
space.play = async (plan) => {
  const seen = [];
  let running = 0;
  const tasks = plan.map(([kind, value], index) => () => {
    running += 1;
    seen.push([index, running]);
    return new Promise((resolve, reject) => {
      const end = () => { running -= 1; kind === "value" ? resolve(value) : reject(new Error(value)); };
      index % 3 === 0 ? setImmediate(end) : queueMicrotask(end);
    });
  });
  const results = await solution.runInOrder(tasks);
  return [results, seen, running];
};
space.start = () => {
  Object.assign(space, { started: [], gates: {}, result: "waiting" });
  const task = (name) => () => {
    space.started.push(name);
    return new Promise((resolve, reject) => { space.gates[name] = { resolve, reject }; });
  };
  solution.runInOrder(["a", "b", "c"].map(task)).then((value) => { space.result = value; });
};
"""


def check(exam):
    js = exam.javascript()
    js.run(SETUP)
    js.equal("await solution.runInOrder([async () => 1, async () => { throw new Error('no disk'); }, async () => 3])", [1, None, 3])
    js.equal("await solution.runInOrder([])", [])
    js.equal("await solution.runInOrder([async () => 'only'])", ["only"])
    js.run("start(); await settle()")
    js.equal("[started, result]", [["a"], "waiting"])
    js.run("gates.a.reject(new Error('no disk')); await settle()")
    js.equal("[started, result]", [["a", "b"], "waiting"])
    js.run("gates.b.resolve(7); await settle()")
    js.equal("[started, result]", [["a", "b", "c"], "waiting"])
    js.run("gates.c.resolve('x'); await settle()")
    js.equal("result", [None, 7, "x"])
    for _ in range(15):
        count = exam.random.randrange(1, 9)
        plan = [[exam.random.choice(["value", "value", "error"]), exam.random.choice([0, 1, "", "x", False, 12])] for _ in range(count)]
        results = [value if kind == "value" else None for kind, value in plan]
        js.equal("await play(plan)", [results, [[index, 1] for index in range(count)], 0], plan=plan)

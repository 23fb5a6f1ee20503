SET_UP = """
Object.assign(space, { queue: solution.createQueue(limit), started: [], ended: {}, gates: {}, woken: [] });
space.settle = () => new Promise((resolve) => setTimeout(resolve, 2));
space.put = (name) => {
  const task = () => {
    space.started.push(name);
    return new Promise((resolve, reject) => { space.gates[name] = { resolve, reject }; });
  };
  space.queue.add(task).then(
    (value) => { space.ended[name] = "result " + value; },
    (error) => { space.ended[name] = "error " + error.message; },
  );
};
space.wait = (name) => { space.queue.idle().then(() => { space.woken.push(name); }); };
"""
STATE = "[started, queue.running(), queue.waiting()]"


def check(exam):
    js = exam.javascript()
    for limit in (0, -1, 1.5, "2", None):
        js.raises("RangeError", "solution.createQueue(limit)", limit=limit)

    js.run(SET_UP, limit=2)
    js.equal("[queue.running(), queue.waiting()]", [0, 0])
    js.run("wait('early'); await settle()")
    js.equal("woken", ["early"])
    js.run("put('a'); put('b'); put('c'); put('d'); wait('one'); wait('two'); await settle()")
    js.equal(STATE, [["a", "b"], 2, 2])
    js.equal("woken", ["early"])
    js.run("gates.b.resolve(7); await settle()")
    js.equal(STATE, [["a", "b", "c"], 2, 1])
    js.equal("ended", {"b": "result 7"})
    js.run("gates.a.reject(new Error('no disk')); await settle()")
    js.equal(STATE, [["a", "b", "c", "d"], 2, 0])
    js.equal("ended", {"b": "result 7", "a": "error no disk"})
    js.run("gates.c.resolve(); await settle()")
    js.equal("woken", ["early"])
    js.equal("queue.running()", 1)
    js.run("gates.d.resolve('x'); await settle()")
    js.equal("[queue.running(), queue.waiting(), woken]", [0, 0, ["early", "one", "two"]])
    js.equal("ended.d", "result x")
    js.run("put('e'); wait('three'); await settle()")
    js.equal("woken.length", 3)
    js.run("gates.e.resolve(1); await settle()")
    js.equal("[ended.e, woken]", ["result 1", ["early", "one", "two", "three"]])

    js.run(SET_UP, limit=1)
    js.equal("await queue.add(() => 5)", 5)
    js.raises("TypeError", "await queue.add(() => { throw new TypeError('at once') })", says="at once")
    js.raises("TypeError", "await queue.add(async () => { throw new TypeError('later') })", says="later")
    js.equal("await queue.add(async () => 'still alive')", "still alive")
    js.run("await settle()")
    js.equal("[queue.running(), queue.waiting()]", [0, 0])
    js.equal("await Promise.all([1, 2, 3].map((n) => queue.add(() => n * n)))", [1, 4, 9])

    for _ in range(4):
        limit = exam.random.randrange(1, 5)
        js.run(SET_UP, limit=limit)
        waiting, running, started, ended = [], [], [], {}
        for number in range(24):
            if exam.random.random() < 0.55 or not running:
                name = f"t{number}"
                js.run("put(name); await settle()", name=name)
                waiting.append(name)
            else:
                name = exam.random.choice(running)
                running.remove(name)
                if exam.random.random() < 0.7:
                    js.run("gates[name].resolve(name); await settle()", name=name)
                    ended[name] = f"result {name}"
                else:
                    js.run("gates[name].reject(new Error(name)); await settle()", name=name)
                    ended[name] = f"error {name}"
            while waiting and len(running) < limit:
                running.append(waiting.pop(0))
                started.append(running[-1])
            js.equal(STATE, [started, len(running), len(waiting)])
        js.equal("ended", ended)

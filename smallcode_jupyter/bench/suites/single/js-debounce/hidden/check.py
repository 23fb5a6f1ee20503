from smallcode_jupyter.bench.grading.encoding import UNDEFINED

CLOCK = """
space.makeClock = () => {
  let now = 0, last = 0;
  const timers = new Map();
  return {
    setTimeout: (callback, ms) => { last += 1; timers.set(last, { at: now + ms, callback }); return last; },
    clearTimeout: (id) => { timers.delete(id); },
    now: () => now,
    count: () => timers.size,
    forward: (ms) => {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1].at;
        due[1].callback();
      }
      now = end;
    },
  };
};
"""
SET_UP = """
{
  const clock = space.makeClock();
  const calls = [];
  const fn = (...args) => { calls.push([clock.now(), ...args]); return "saved " + args.join("+"); };
  Object.assign(space, { clock, calls, save: solution.debounce(fn, wait, clock) });
}
"""


def check(exam):
    js = exam.javascript()
    js.run(CLOCK)
    js.run(SET_UP, wait=100)
    js.equal("save.pending()", False)
    js.equal("save('a')", UNDEFINED)
    js.equal("save.pending()", True)
    js.run("clock.forward(60); save('b'); clock.forward(99)")
    js.equal("calls", [])
    js.run("clock.forward(1)")
    js.equal("calls", [[160, "b"]])
    js.equal("save.pending()", False)
    js.equal("save.flush()", UNDEFINED)
    js.run("clock.forward(1000)")
    js.equal("calls", [[160, "b"]])
    js.run("save(1, 2, 3); clock.forward(100)")
    js.equal("calls", [[160, "b"], [1260, 1, 2, 3]])

    js.run(SET_UP, wait=30)
    js.run("save('x', 'y')")
    js.equal("save.flush()", "saved x+y")
    js.equal("[save.pending(), save.flush()]", [False, UNDEFINED])
    js.run("clock.forward(500)")
    js.equal("calls", [[0, "x", "y"]])
    js.run("save('z'); clock.forward(10); save.cancel()")
    js.equal("save.pending()", False)
    js.equal("save.flush()", UNDEFINED)
    js.run("save.cancel(); clock.forward(500)")
    js.equal("calls", [[0, "x", "y"]])
    js.run("save(); clock.forward(30)")
    js.equal("calls", [[0, "x", "y"], [1040]])
    js.equal("clock.count()", 0)

    js.run(SET_UP, wait=50)
    js.run(
        "{ const other = solution.debounce(() => {}, 50, clock); other(); other.cancel(); save('own'); other.cancel(); }"
    )
    js.run("clock.forward(50)")
    js.equal("calls", [[50, "own"]])

    for _ in range(4):
        wait, now, due, latest, expected = exam.random.randrange(5, 40), 0, None, None, []
        js.run(SET_UP, wait=wait)
        for number in range(25):
            match exam.random.choice(["call", "call", "call", "forward", "forward", "forward", "flush", "cancel"]):
                case "call":
                    js.run("save(number)", number=number)
                    due, latest = now + wait, number
                case "forward":
                    ms = exam.random.randrange(1, 45)
                    js.run("clock.forward(ms)", ms=ms)
                    if due is not None and due <= now + ms:
                        expected.append([due, latest])
                        due = None
                    now += ms
                case "flush":
                    js.equal("save.flush()", UNDEFINED if due is None else f"saved {latest}")
                    if due is not None:
                        expected.append([now, latest])
                        due = None
                case _:
                    js.run("save.cancel()")
                    due = None
            js.equal("save.pending()", due is not None)
        js.equal("calls", expected)

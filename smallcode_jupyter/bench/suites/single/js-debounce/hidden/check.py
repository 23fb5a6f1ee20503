CLOCK = """
space.makeClock = () => {
  let now = 0, last = 0;
  const timers = new Map();
  return {
    setTimeout: (callback, ms = 0, ...args) => {
      last += 1;
      timers.set(last, { at: now + ms, callback: () => callback(...args) });
      return last;
    },
    clearTimeout: (id) => { timers.delete(id); },
    now: () => now,
    forward: (ms) => {
      const end = now + ms;
      for (;;) {
        const ready = [...timers].filter(([, timer]) => timer.at <= end);
        const due = ready.sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
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
  const fn = (...args) => { calls.push([clock.now(), ...args]); };
  globalThis.setTimeout = clock.setTimeout;
  globalThis.clearTimeout = clock.clearTimeout;
  Object.assign(space, { clock, calls, save: solution.debounce(fn, wait) });
}
"""


def check(exam):
    js = exam.javascript()
    js.run(CLOCK)
    js.run(SET_UP, wait=100)
    js.run("save.call('a'); clock.forward(60); save.call('b'); clock.forward(99)")
    js.equal("calls", [])
    js.run("clock.forward(1)")
    js.equal("calls", [[160, "b"]])
    js.run("clock.forward(1000)")
    js.equal("calls", [[160, "b"]])
    js.run("save.call([1, 2]); clock.forward(100)")
    js.equal("calls", [[160, "b"], [1260, [1, 2]]])

    js.run(SET_UP, wait=30)
    js.run("save.call('z'); clock.forward(500)")
    js.equal("calls", [[30, "z"]])
    js.run("save.call('y'); clock.forward(29); save.call('x'); clock.forward(30)")
    js.equal("calls", [[30, "z"], [559, "x"]])
    js.run("save.call('w'); clock.forward(10); save.cancel(); clock.forward(500)")
    js.equal("calls", [[30, "z"], [559, "x"]])
    js.run("save.cancel(); save.call('v'); clock.forward(30)")
    js.equal("calls", [[30, "z"], [559, "x"], [1099, "v"]])

    js.run(SET_UP, wait=50)
    js.run(
        "{ const other = solution.debounce(() => {}, 50); other.call(0); save.call('own'); clock.forward(20); other.call(0); }"
    )
    js.run("clock.forward(50)")
    js.equal("calls", [[50, "own"]])

    for _ in range(4):
        wait, now, due, latest, expected = exam.random.randrange(5, 40), 0, None, None, []
        js.run(SET_UP, wait=wait)
        for number in range(25):
            match exam.random.choice(["call", "call", "call", "forward", "forward", "forward"]):
                case "call":
                    js.run("save.call(number)", number=number)
                    due, latest = now + wait, number
                case _:
                    ms = exam.random.randrange(1, 45)
                    js.run("clock.forward(ms)", ms=ms)
                    if due is not None and due <= now + ms:
                        expected.append([due, latest])
                        due = None
                    now += ms
        js.equal("calls", expected)

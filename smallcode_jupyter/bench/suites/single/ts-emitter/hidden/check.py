SET_UP = """
Object.assign(space, { bus: new solution.Emitter(), log: [], offs: {} });
space.listen = (name) => { space.offs[name] = space.bus.on((payload) => { space.log.push([name, payload]); }); };
"""


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    ts.run(SET_UP)
    ts.equal("[bus.count(), bus.emit('nobody')]", [0, 0])
    ts.run("listen('a'); listen('b'); listen('c');")
    ts.equal("bus.count()", 3)
    ts.equal("bus.emit({ id: 7 })", 3)
    ts.equal("log", [["a", {"id": 7}], ["b", {"id": 7}], ["c", {"id": 7}]])
    ts.run("offs.b();")
    ts.equal("[bus.count(), bus.emit(8)]", [2, 2])
    ts.equal("log.slice(3)", [["a", 8], ["c", 8]])
    ts.run("offs.c(); offs.a();")
    ts.equal("[bus.count(), bus.emit(9), log.length]", [0, 0, 5])
    ts.equal("(() => { const other = new solution.Emitter(); listen('x'); return other.count(); })()", 0)
    for _ in range(4):
        ts.run(SET_UP)
        live = []
        for number in range(15):
            match exam.random.choice(["on", "on", "on", "off", "emit"]):
                case "on":
                    ts.run("listen(name)", name=f"l{number}")
                    live.append(f"l{number}")
                case "off" if live:
                    ts.run("offs[name]()", name=live.pop(exam.random.randrange(len(live))))
                case _:
                    ts.run("log.length = 0")
                    ts.equal("bus.emit(number)", len(live), number=number)
                    ts.equal("log", [[name, number] for name in live])
            ts.equal("bus.count()", len(live))

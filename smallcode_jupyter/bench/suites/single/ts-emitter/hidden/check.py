SET_UP = """
Object.assign(space, { bus: new solution.Emitter(), log: [], offs: {} });
space.listen = (how, event, name) => { space.offs[name] = space.bus[how](event, (payload) => { space.log.push([name, payload]); }); };
"""


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    ts.run(SET_UP)
    ts.equal("bus.emit('saved', 1)", 0)
    ts.equal("bus.count('saved')", 0)
    ts.run("listen('on', 'saved', 'a'); listen('once', 'saved', 'b'); listen('on', 'closed', 'c'); listen('on', 'saved', 'd');")
    ts.equal("[bus.count('saved'), bus.count('closed')]", [3, 1])
    ts.equal("bus.emit('saved', { id: 7 })", 3)
    ts.equal("log", [["a", {"id": 7}], ["b", {"id": 7}], ["d", {"id": 7}]])
    ts.equal("bus.count('saved')", 2)
    ts.equal("bus.emit('saved', 8)", 2)
    ts.equal("log.slice(3)", [["a", 8], ["d", 8]])
    ts.run("offs.a(); offs.a();")
    ts.equal("[bus.count('saved'), bus.emit('saved', 9), bus.emit('closed', 'x')]", [1, 1, 1])
    ts.equal("log.slice(5)", [["d", 9], ["c", "x"]])

    ts.run(SET_UP)
    ts.run("const same = (payload) => { space.log.push(payload); }; space.one = bus.on('e', same); space.two = bus.on('e', same);")
    ts.equal("[bus.count('e'), bus.emit('e', 1), log.length]", [2, 2, 2])
    ts.run("one(); one();")
    ts.equal("[bus.count('e'), bus.emit('e', 2), log.length]", [1, 1, 3])
    ts.run("two();")
    ts.equal("[bus.count('e'), bus.emit('e', 3), log.length]", [0, 0, 3])

    ts.run(SET_UP)
    ts.run("listen('once', 'e', 'gone'); offs.gone();")
    ts.equal("[bus.count('e'), bus.emit('e', 1), log]", [0, 0, []])

    ts.run(SET_UP)
    ts.run("bus.on('e', () => { listen('on', 'e', 'late'); }); listen('on', 'e', 'early');")
    ts.equal("[bus.emit('e', 1), log]", [2, [["early", 1]]])
    ts.equal("[bus.emit('e', 2), log.slice(1)]", [3, [["early", 2], ["late", 2]]])

    ts.run(SET_UP)
    ts.run("bus.on('e', () => { offs.x(); offs.y(); }); listen('on', 'e', 'x'); listen('on', 'e', 'y'); listen('on', 'e', 'z');")
    ts.equal("[bus.emit('e', 1), log]", [4, [["x", 1], ["y", 1], ["z", 1]]])
    ts.equal("[bus.emit('e', 2), log.slice(3)]", [2, [["z", 2]]])
    ts.equal("(() => { const other = new solution.Emitter(); return [other.count('e'), other.emit('e', 0)]; })()", [0, 0])

    for _ in range(3):
        ts.run(SET_UP)
        live = {"p": [], "q": []}
        names = []
        for number in range(20):
            event, name = exam.random.choice("pq"), f"l{number}"
            match exam.random.choice(["on", "on", "once", "off", "emit", "emit"]):
                case "off" if names:
                    gone = exam.random.choice(names)
                    ts.run("offs[name]()", name=gone)
                    live = {key: [one for one in value if one[0] != gone] for key, value in live.items()}
                case "emit":
                    ts.run("log.length = 0")
                    ts.equal("bus.emit(event, number)", len(live[event]), event=event, number=number)
                    ts.equal("log", [[one, number] for one, _ in live[event]])
                    live[event] = [one for one in live[event] if one[1] == "on"]
                case "on" | "once" as how:
                    ts.run("listen(how, event, name)", how=how, event=event, name=name)
                    live[event].append((name, how))
                    names.append(name)
            ts.equal("bus.count(event)", len(live[event]), event=event)

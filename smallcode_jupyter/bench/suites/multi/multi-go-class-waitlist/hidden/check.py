import json


class Gym:
    """The gym as it should be."""

    def __init__(self):
        self.classes = {}

    def join(self, name, who):
        if name not in self.classes:
            return "no such class"
        places, members, waiting = self.classes[name]
        if who in members or who in waiting:
            return "already in"
        if len(members) < places:
            members.append(who)
            return 0
        waiting.append(who)
        return len(waiting)

    def leave(self, name, who):
        if name not in self.classes:
            return "no such class"
        _, members, waiting = self.classes[name]
        if who in waiting:
            waiting.remove(who)
            return [""]
        if who not in members:
            return "not in this class"
        members.remove(who)
        if waiting:
            members.append(waiting.pop(0))
            return [members[-1]]
        return [""]

    def answer(self, line):
        command, name, *rest = (*line.split(), "")
        who = rest[0] if rest else ""
        if command == "!new":
            self.classes = {}
            return ["ann"]
        if command == "classes":
            return ", ".join(sorted(self.classes))
        if command == "!lists":
            return self.classes[name][1:] if name in self.classes else "no such class"
        if command in ("!join", "!leave"):
            return getattr(self, command[1:])(name, who)
        if command == "open":
            if name in self.classes:
                return "error: class exists"
            self.classes[name] = [int(who), [], []]
            return f"{name} is open"
        if command == "join":
            found = self.join(name, who)
            if isinstance(found, str):
                return f"error: {found}"
            return f"{who} waits for {name} at {found}" if found else f"{who} joined {name}"
        if command == "leave":
            found = self.leave(name, who)
            if isinstance(found, str):
                return f"error: {found}"
            return f"{who} left {name}" + (f", {found[0]} moved up" if found[0] else "")
        if command == "show":
            if name not in self.classes:
                return "error: no such class"
            places, members, waiting = self.classes[name]
            return f"{name} {len(members)}/{places}: {', '.join(members)}" + (f"; waiting: {', '.join(waiting)}" if waiting else "")
        return "unknown command"


def check(exam):
    lines = ["!new x", "open yoga 2", "open yoga 3", "join yoga ann", "show yoga", "join yoga ann", "join yoga cem", "join yoga ben", "join yoga dan", "join yoga ben",
             "show yoga", "!lists yoga", "leave yoga eve", "leave yoga ann", "show yoga", "leave yoga dan", "show yoga", "leave yoga cem", "leave yoga ben", "show yoga",
             "join box ann", "leave box ann", "show box", "close yoga", "open box 0", "!join box ann", "!join box ben", "!leave box ann", "!join box ann", "show box", "!leave box cem"]
    for _ in range(6):
        lines += ["!new x", f"open yoga {exam.random.randrange(1, 4)}", "open spin 1", "classes"]
        for _ in range(40):
            command = exam.random.choice(("join", "join", "leave", "!join", "!join", "!leave"))
            name = exam.random.choice(("yoga", "yoga", "spin"))
            lines += [f"{command} {name} {exam.random.choice(('ann', 'ben', 'cem', 'dan', 'eve', 'fay'))}", f"!lists {name}", f"show {name}"]
    program = exam.go("driver.go", at="examdriver/main.go")
    gym = Gym()
    for line, answer in zip(lines, program.lines(lines)):
        exam.equal(json.loads(answer), json.loads(json.dumps(gym.answer(line))), line)

import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(lines):
    shopping, answers = {}, []
    for line in lines:
        first, *words = line.split() or [""]
        if not first:
            answers.append("empty command")
        elif first not in ("add", "remove", "list", "clear"):
            answers.append(f"unknown command: {first}")
        elif first == "add" and (len(words) < 2 or not words[0].isdigit() or int(words[0]) < 1):
            answers.append("usage: add COUNT ITEM")
        elif first == "add":
            count, item = int(words[0]), " ".join(words[1:])
            shopping[item] = shopping.get(item, 0) + count
            answers += [f"add|{count}|{item}", f"{item}: {shopping[item]}"]
        elif first == "remove" and not words:
            answers.append("usage: remove ITEM")
        elif first == "remove":
            item = " ".join(words)
            answers += [f"remove|{item}", f"removed {item}" if item in shopping else f"no {item}"]
            shopping.pop(item, None)
        elif first == "list":
            text = ", ".join(f"{item} x{count}" for item, count in sorted(shopping.items()))
            answers += ["list", text or "nothing to buy"]
        else:
            shopping = {}
            answers += ["clear", "cleared"]
    return answers + [f"{item}={count}" for item, count in sorted(shopping.items())]


def _line(random):
    item = random.choice(["milk", "bread", "oat  milk", "oat milk", "apples", "dark rye bread"])
    gap = random.choice([" ", " ", "   "])
    form = random.choice(["add", "add", "add", "add", "remove", "list", "list", "clear", "wrong"])
    if form == "add":
        return gap.join([form, str(random.choice([1, 2, 3, 12, 0])), item])
    if form == "remove":
        return gap.join([form, item])
    if form == "wrong":
        return random.choice(["add", "add 3", "add milk", "add x milk", "remove", "", "   ", "buy milk", "Add 3 milk", "add -1 milk"])
    return random.choice(["", " "]) + form + random.choice(["", " please", " "])


def check(exam):
    random = exam.random
    wrong = ["", "  ", "buy", "buy milk", "add", "add 3", "add milk", "add milk 3", "add 0 milk", "add -2 milk", "add 1.5 milk", "add three milk",
             "remove", "remove  ", "LIST", "lists"]
    cases = [[line] for line in wrong]
    cases += [
        [],
        ["add 3 oat milk", "add 2 oat  milk", "add 1 bread", "list", "remove oat milk", "remove oat milk", "list"],
        ["list", "clear", "list"],
        ["add 1 milk", "clear", "list", "add 1 milk", "list"],
        ["add 2 pears", "add 1 apples", "add 10 figs", "list please"],
        ["  add   4   red   pepper ", "remove red pepper"],
        ["add 2 7 up", "list"],
        ["remove list", "clear all", "add 1 list"],
    ]
    cases += [[_line(random) for _ in range(random.randrange(3, 15))] for _ in range(25)]
    cases = [case or ["list"] for case in cases]
    for lines, found in zip(cases, _ask(exam, cases)):
        exam.equal(found, _expected(lines), f"{lines!r:.250}")

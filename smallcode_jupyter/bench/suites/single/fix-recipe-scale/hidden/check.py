import math
import re


def parsed(line):
    match = re.fullmatch(r"(\d+(?:\.\d+)?) (.+)", line)
    return {"amount": float(match[1]), "name": match[2]} if match else {"amount": None, "name": line}


def shown(amount, name):
    return f"{math.floor(amount * 100 + 0.5) / 100:.2f}".rstrip("0").rstrip(".") + f" {name}"


def scaled(line, old, new):
    found = parsed(line)
    return line if found["amount"] is None else shown(found["amount"] * new / old, found["name"])


def line_of(random):
    amount = random.choice([str(random.randint(0, 900)), f"{random.randint(0, 99)}.{random.choice([5, 25, 75, 125, 1, 875])}", "0.5", "1.25"])
    name = random.choice(["g flour", "l milk", "eggs", "brown sugar"])
    return random.choice([f"{amount} {name}"] * 5 + [name])


def check(exam):
    js = exam.javascript()
    fixed = ["2.5 dl cream", "0.5 l milk", "0.125 l oil", "1.75 eggs", "200 g flour", "3 eggs", "salt", "12.05 kg rice", "2.50 l water", "g flour",
             "7up", "1.x eggs", "0 g salt", "1.999 kg nuts"]
    for line in fixed:
        js.equal("solution.parseIngredient(line)", parsed(line), line=line)
        js.equal("solution.scaleLine(line, 4, 8)", scaled(line, 4, 8), line=line)
        js.equal("solution.scaleLine(line, 1, 1)", scaled(line, 1, 1), line=line)
    js.equal("solution.scaleLine('1 l milk', 3, 1)", "0.33 l milk")
    js.equal("solution.scaleLine('0.5 l milk', 2, 4)", "1 l milk")
    js.equal("solution.formatIngredient({ amount: null, name: 'salt' })", "salt")
    js.equal("solution.formatIngredient({ amount: 2.5, name: 'eggs' })", "2.5 eggs")
    for _ in range(30):
        line, old, new = line_of(exam.random), exam.random.randint(1, 8), exam.random.randint(1, 8)
        js.equal("solution.parseIngredient(line)", parsed(line), line=line)
        js.equal("solution.scaleLine(line, a, b)", scaled(line, old, new), line=line, a=old, b=new)
    for _ in range(12):
        lines = [line_of(exam.random) for _ in range(exam.random.randint(0, 6))]
        js.equal("solution.scaleRecipe(lines, 2, 3)", [scaled(line, 2, 3) for line in lines], lines=lines)

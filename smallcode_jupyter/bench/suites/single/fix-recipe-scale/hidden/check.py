import math
import re

UNITS = ["g", "kg", "ml", "dl", "l", "tbsp", "tsp"]


def parsed(line):
    text = line.strip()
    if not (match := re.fullmatch(r"(\d+(?:\.\d+)?)\s+(.+)", text)):
        return {"amount": None, "unit": None, "name": text}
    words = match[2].split()
    if len(words) > 1 and words[0] in UNITS:
        return {"amount": float(match[1]), "unit": words[0], "name": " ".join(words[1:])}
    return {"amount": float(match[1]), "unit": None, "name": match[2]}


def number(amount):
    hundredths = math.floor(amount * 100 + 0.5)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def shown(found):
    amount = None if found["amount"] is None else number(found["amount"])
    return " ".join(part for part in (amount, found["unit"], found["name"]) if part is not None)


def scaled(line, old, new):
    found = parsed(line)
    return line if found["amount"] is None else shown(found | {"amount": found["amount"] * new / old})


def listed(recipes):
    sums = {}
    for line in [line for recipe in recipes for line in recipe]:
        found = parsed(line)
        key = (found["unit"], found["name"].lower())
        if key not in sums:
            sums[key] = found
        elif found["amount"] is not None:
            sums[key]["amount"] = (sums[key]["amount"] or 0) + found["amount"]
    return [shown(found) for found in sums.values()]


def line_of(random):
    amount = random.choice([str(random.randint(0, 900)), f"{random.randint(0, 99)}.{random.choice([5, 25, 75, 125, 1, 875])}", "0.5", "1.25"])
    unit = random.choice(["", "", "g ", "kg ", "ml ", "l ", "tsp ", "cups "])
    name = random.choice(["flour", "milk", "eggs", "brown sugar", "Milk"])
    return random.choice([f"{amount} {unit}{name}"] * 5 + [name])


def check(exam):
    js = exam.javascript()
    fixed = ["2.5 dl cream", "0.5 l milk", "0.125 l oil", "1.75 eggs", "200 g flour", "3 eggs", "salt", "  12.05  kg   rice ", "2.50 l water", "g flour",
             "2 g", "1.5 l", "1.5 cups l milk", "7up", "1.x eggs", "10 brown  eggs", "0 g salt", "1.999 kg nuts"]
    for line in fixed:
        js.equal("solution.parseIngredient(line)", parsed(line), line=line)
        js.equal("solution.scaleLine(line, 4, 8)", scaled(line, 4, 8), line=line)
        js.equal("solution.scaleLine(line, 1, 1)", scaled(line, 1, 1), line=line)
    js.equal("solution.scaleLine('1 l milk', 3, 1)", "0.33 l milk")
    js.equal("solution.scaleLine('0.5 l milk', 2, 4)", "1 l milk")
    js.equal("[2, 2.5, 1 / 3, 0, 1200.504].map(solution.formatAmount)", ["2", "2.5", "0.33", "0", "1200.5"])
    js.equal("solution.formatIngredient({ amount: null, unit: null, name: 'salt' })", "salt")
    js.equal("solution.UNITS", UNITS)
    for _ in range(30):
        line, old, new = line_of(exam.random), exam.random.randint(1, 8), exam.random.randint(1, 8)
        js.equal("solution.parseIngredient(line)", parsed(line), line=line)
        js.equal("solution.scaleLine(line, a, b)", scaled(line, old, new), line=line, a=old, b=new)
    for _ in range(12):
        recipes = [[line_of(exam.random) for _ in range(exam.random.randint(0, 6))] for _ in range(exam.random.randint(0, 3))]
        js.equal("solution.shoppingList(recipes)", listed(recipes), recipes=recipes)
        lines = [line for recipe in recipes for line in recipe] + ["", " "]
        js.equal("solution.scaleRecipe(lines, 2, 3)", [scaled(line, 2, 3) for line in lines[:-2]], lines=lines)

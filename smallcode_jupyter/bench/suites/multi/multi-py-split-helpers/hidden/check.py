import ast

SETUP = """
import sys
from kitchen import cards, names, recipes, shopping, units
from kitchen.recipes import Recipe, parse_recipe
"""
PLACES = {"units": ("to_grams", "format_grams", "scale"), "names": ("slug", "plural", "ingredient_line")}
GRAMS = {"g": 1, "kg": 1000, "tsp": 5, "tbsp": 15, "cup": 240}


def definitions(text):
    """Names that a module defines, and whether it imports anything."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ["?"], True
    found, imports = [], False
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
        imports = imports or isinstance(node, ast.Import | ast.ImportFrom)
    return found, imports


def show(grams):
    return f"{grams / 1000:.2f}".rstrip("0").rstrip(".") + " kg" if grams >= 1000 else f"{grams:.0f} g"


def check(exam):
    package = exam.folder / "src" / "kitchen"
    old = package / "helpers.py"
    if old.exists():
        found, imports = definitions(old.read_text(encoding="utf-8"))
        exam.equal(found, [], "definitions in helpers.py")
        exam.true(not imports, "helpers.py still imports something")
        old.unlink()
    for module in ("units", "names", "recipes", "shopping", "cards"):
        found, _ = definitions(exam.text(f"src/kitchen/{module}.py"))
        for place, functions in PLACES.items():
            for function in functions:
                exam.equal(found.count(function), int(module == place), f"definitions of {function} in {module}.py")
        exam.equal(found.count("GRAMS"), int(module == "units"), f"definitions of GRAMS in {module}.py")
    exam.python("import kitchen.units, sys", folders=("src",)).equal("'kitchen.names' in sys.modules", False)
    for module in ("cards", "shopping", "recipes", "names"):
        exam.python(f"import kitchen.{module}, sys", folders=("src",)).equal("'kitchen.helpers' in sys.modules", False)

    py = exam.python(SETUP, folders=("src",))
    py.equal("units.GRAMS", GRAMS)
    py.equal("[f.__module__ for f in (units.to_grams, units.format_grams, units.scale)]", ["kitchen.units"] * 3)
    py.equal("[f.__module__ for f in (names.slug, names.plural, names.ingredient_line)]", ["kitchen.names"] * 3)
    py.equal("units.to_grams(2, ' Cup ')", 480)
    py.raises("ValueError", "units.to_grams(2, 'pint')", says="unknown unit: pint")
    for grams in (0, 80, 999, 1000, 1500, 1234, 10000):
        py.equal("units.format_grams(grams)", show(grams), grams=grams)
    py.equal("units.scale({'a': 2.0}, 1.5)", {"a": 3.0})
    py.raises("ValueError", "units.scale({}, 0)")
    py.raises("ValueError", "units.scale({}, -1)")
    py.equal("names.slug(text)", "creme-brulee-hot", text="Crème brûlée (hot)")
    py.equal("names.slug(text)", "7-eggs-a-day", text="  7 Eggs, a day! ")
    py.equal("[names.plural(n, 'portion') for n in (0, 1, 2)]", ["0 portions", "1 portion", "2 portions"])
    py.equal("names.ingredient_line('butter', 80)", "- 80 g butter")
    py.equal("cards.unit_table()", [f"1 {unit} = {show(grams)}" for unit, grams in GRAMS.items()])
    py.equal("parse_recipe('Tea\\n1\\n2 g tea\\n1 tsp tea').grams", {"tea": 7.0})
    py.equal("parse_recipe(text).file_name", "creme-brulee.txt", text="Crème brûlée\n1\n1 g salt")
    for _ in range(10):
        rows = [(exam.random.randrange(1, 9), exam.random.choice(list(GRAMS)), name) for name in exam.random.sample(["flour", "oat milk", "salt", "sugar"], 3)]
        text = "Soup\n2\n" + "".join(f"{amount} {unit} {name}\n" for amount, unit, name in rows)
        grams = {name: float(amount * GRAMS[unit]) for amount, unit, name in rows}
        lines = [f"- {show(value * 3)} {name}" for name, value in sorted(grams.items())]
        py.equal("shopping.shopping_list([parse_recipe(text).for_portions(4), parse_recipe(text)])", lines, text=text)
        card = ["Soup", "2 portions", *(f"- {show(value)} {name}" for name, value in grams.items()), f"total {show(sum(grams.values()))}"]
        py.equal("cards.card(parse_recipe(text))", "\n".join(card), text=text)

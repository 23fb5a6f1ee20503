WRONG = (
    ("src/units.js", "kg: 1000", "kg: 100", "a kilogram of 100 grams"),
    ("src/units.js", "amount < 1000", "amount <= 1000", "1000 g instead of 1.0 kg"),
    ("src/pantry.js", "this.stock(key) + grams(amount)", "grams(amount)", "putting replaces"),
    ("src/pantry.js", "if (left < 0) throw", "if (left === -0.5) throw", "too much can be taken"),
    ("src/pantry.js", "if (left === 0) this.#stock.delete(key);\n    else ", "", "used up names stay"),
    ("src/pantry.js", "keys()].sort()", "keys()]", "names are not sorted"),
    ("src/shopping.js", "missing > 0", "missing >= 0", "what is there is on the list"),
)


def check(exam):
    names = ("src/units.js", "src/pantry.js", "src/shopping.js")
    right = {name: (exam.task.workspace / name).read_text(encoding="utf-8") for name in names}
    run = exam.node_tests("pantry.test.js", right)
    exam.true(run.is_green, f"on the right modules {run.passed} tests pass and {run.failed} fail")
    exam.true(run.passed >= 6, f"there are {run.passed} tests, at least 6 are wanted")
    if not run.is_green:
        return
    noticed = []
    for name, old, new, what in exam.random.sample(WRONG, 7):
        if right[name].count(old) != 1:
            raise ValueError(f"{old!r} is not once in {name}")
        run = exam.node_tests("pantry.test.js", {**right, name: right[name].replace(old, new)})
        if run.failed:
            noticed.append(what)
    exam.true(len(noticed) >= 5, f"of {len(WRONG)} broken versions {len(noticed)} are noticed, at least 5 are wanted: {', '.join(noticed)}")

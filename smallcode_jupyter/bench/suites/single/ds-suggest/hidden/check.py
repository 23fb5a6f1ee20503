from smallcode_jupyter.bench.grading.encoding import is_same

PLAY = """(() => {
  const box = new solution.Suggester();
  return steps.map(([name, ...values]) => {
    const result = box[name](...values);
    return name === "add" ? null : result;
  });
})()"""


def clean(text):
    return text.strip().lower()


def model(steps):
    weights, seen = {}, []
    for name, *values in steps:
        key, result = clean(values[0]), None
        if name == "add":
            if key:
                weights[key] = weights.get(key, 0) + (values[1] if len(values) > 1 else 1)
        elif name == "remove":
            result = weights.pop(key, None) is not None
        elif name == "suggest":
            limit = values[1] if len(values) > 1 else 5
            result = sorted((term for term in weights if term.startswith(key)), key=lambda term: (-weights[term], term))[:limit]
        elif name == "count":
            result = sum(term.startswith(key) for term in weights)
        else:
            result = weights.get(key, 0)
        seen.append(result)
    return seen


def compare(exam, js, steps):
    got = js.value(PLAY, steps=steps)
    expected = model(steps)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if not is_same(one, other):
            exam.equal(one, other, f"after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


TERMS = ["lamp", "Lamp", "lamp shade", "LAMP shade ", " ladder", "lad", "la", "table", "table lamp", "tab", "toy", " toys ", "tea", "zip", "lamp-shade"]


def check(exam):
    js = exam.typescript("solution.ts", types="types.ts")
    first = [["add", "Lamp"], ["add", "lamp shade", 3], ["add", " ladder "], ["add", "lamp"]]
    compare(exam, js, [["suggest", ""], ["count", ""], ["weightOf", "x"], ["remove", "x"]])
    compare(exam, js, first + [["suggest", "LA"], ["suggest", "la", 1], ["weightOf", "lamp"], ["weightOf", " LADDER"], ["count", " Lam"]])
    compare(exam, js, first + [["suggest", ""], ["suggest", "amp"], ["suggest", "lamp shades"], ["count", "lamp shade"], ["suggest", "la", 0]])
    compare(exam, js, first + [["remove", " LAMP "], ["remove", "lamp"], ["suggest", "la"], ["add", "lamp"], ["weightOf", "lamp"]])
    compare(exam, js, [["add", ""], ["add", "   ", 4], ["count", ""], ["suggest", ""]])
    compare(exam, js, [["add", term] for term in ["f", "b", "e", "a", "d", "c", "g"]] + [["suggest", ""], ["suggest", "", 7], ["suggest", "", 100], ["count", ""]])
    compare(exam, js, [["add", "b", 2], ["add", "a", 10], ["add", "c", 9], ["add", "d", 100], ["suggest", ""]])
    compare(exam, js, [["add", "a", 0.5], ["add", "b"], ["add", "a", 0.75], ["suggest", ""], ["weightOf", "a"]])
    compare(exam, js, [["add", "constructor"], ["weightOf", "toString"], ["count", "to"], ["suggest", "con"]])
    js.run("space.p = new solution.Suggester(); space.q = new solution.Suggester(); space.p.add('lamp')")
    js.equal("q.count('')", 0)
    for _ in range(20):
        steps = []
        for _ in range(50):
            name = exam.random.choice(["add"] * 5 + ["remove", "suggest", "suggest", "suggest", "count", "weightOf"])
            term = exam.random.choice(TERMS)
            prefix = clean(term)[: exam.random.randrange(0, 4)]
            prefix = exam.random.choice([prefix, prefix.upper(), f" {prefix}"])
            steps.append({
                "add": ["add", term, exam.random.randrange(1, 5)] if exam.random.random() < 0.6 else ["add", term],
                "remove": ["remove", term],
                "suggest": ["suggest", prefix, exam.random.randrange(1, 9)] if exam.random.random() < 0.6 else ["suggest", prefix],
                "count": ["count", prefix],
                "weightOf": ["weightOf", term],
            }[name])
        compare(exam, js, steps)

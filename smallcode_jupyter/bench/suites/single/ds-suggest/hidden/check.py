from smallcode_jupyter.bench.grading.encoding import is_same

ASK = """(() => {
  const box = new solution.Suggester();
  for (const term of terms) box.add(term);
  return [prefixes.map((prefix) => box.suggest(prefix)), names.map((name) => box.count(name))];
})()"""
TERMS = ["lamp", "lampshade", "ladder", "lad", "la", "table", "tablet", "tab", "toy", "toys", "tea", "zip"]


def compare(exam, js, terms, prefixes):
    names = sorted(set(terms)) + ["lam", "nothing"]
    got = js.value(ASK, terms=terms, prefixes=prefixes, names=names)
    lists = [sorted(term for term in set(terms) if term.startswith(prefix)) for prefix in prefixes]
    if not isinstance(got, list) or len(got) != 2 or not isinstance(got[0], list) or len(got[0]) != len(prefixes):
        exam.true(False, f"{terms}: {got!r}"[:300])
        return
    for prefix, one, expected in zip(prefixes, got[0], lists):
        if not is_same(one, expected):
            exam.equal(one, expected, f"suggest({prefix!r}) after {terms}"[:300])
    exam.true(is_same(got[1], [terms.count(name) for name in names]), f"counts of {names} after {terms}: {got[1]}"[:300])
    exam.equal(len(got[0]), len(prefixes), "questions asked")


def check(exam):
    js = exam.typescript("solution.ts", types="types.ts")
    js.equal("new solution.Suggester().suggest('')", [])
    js.equal("new solution.Suggester().count('x')", 0)
    compare(exam, js, ["lamp", "ladder", "lamp", "table"], ["la", "lamp", "amp", "", "x", "tables"])
    compare(exam, js, ["b", "a", "c", "d", "d", "b"], ["", "a", "b"])
    compare(exam, js, list("fbeadcg"), [""])
    compare(exam, js, ["a"] * 2 + ["b"] * 12 + ["c"] * 9, [""])
    js.run("space.p = new solution.Suggester(); space.q = new solution.Suggester(); space.p.add('lamp')")
    js.equal("q.count('lamp')", 0)
    for _ in range(12):
        terms = [exam.random.choice(TERMS) for _ in range(exam.random.randrange(1, 30))]
        compare(exam, js, terms, [exam.random.choice(TERMS)[: exam.random.randrange(0, 4)] for _ in range(6)])

import re


def text_of(value):
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def quote(text):
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\n]', text) else text


def csv(rows, columns):
    return "\n".join(",".join(map(quote, cells)) for cells in [columns, *([text_of(row.get(name)) for name in columns] for row in rows)])


def tabs(rows, columns):
    return "\n".join("\t".join(cells) for cells in [columns, *([text_of(row.get(name)) for name in columns] for row in rows)])


CELLS = [None, 0, 7, 2.5, True, "", "plain", "a,b", 'say "hi"', "-"]
NAMES = ["id", "name", "note", "no, yes"]


def check(exam):
    js = exam.javascript()
    example, columns = [{"a": 1, "b": "x, y"}, {"a": None, "b": 2}], ["a", "b"]
    js.equal("solution.exportTabs(rows, columns)", "a\tb\n1\tx, y\n\t2", rows=example, columns=columns)
    js.equal("solution.exportRows(rows, columns)", 'a,b\n1,"x, y"\n,2', rows=example, columns=columns)
    js.equal("solution.exportTabs([], columns)", "a\tb", columns=columns)
    js.equal("solution.exportTabs([{ x: 1 }, { y: 2, x: 3 }], ['y'])", "y\n\n2")
    js.equal("solution.fileName(' Sales March ')", "sales-march.csv")
    js.equal("[null, undefined, 0, false, 'x'].map((value) => solution.cellText(value))", ["", "", "0", "false", "x"])
    for _ in range(30):
        rows = [{name: exam.random.choice(CELLS) for name in exam.random.sample(NAMES, exam.random.randint(1, 4))}
                for _ in range(exam.random.randint(1, 5))]
        columns = exam.random.sample(NAMES, exam.random.randint(1, 4))
        js.equal("solution.exportTabs(rows, columns)", tabs(rows, columns), rows=rows, columns=columns)
        js.equal("solution.exportRows(rows, columns)", csv(rows, columns), rows=rows, columns=columns)

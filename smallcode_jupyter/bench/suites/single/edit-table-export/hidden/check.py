import re


def text_of(value):
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def quote(text):
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\n]', text) else text


def csv(rows, columns):
    return "\n".join(",".join(map(quote, cells)) for cells in [columns, *([text_of(row.get(name)) for name in columns] for row in rows)])


def markdown(rows, columns):
    table = [columns, ["---"] * len(columns), *([text_of(row.get(name)) for name in columns] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in table)


CELLS = [None, 0, 7, 2.5, True, "", "plain", "a,b", 'say "hi"', "-"]
NAMES = ["id", "name", "note", "no, yes"]


def check(exam):
    js = exam.javascript()
    example, columns = [{"a": 1, "b": None}], ["a", "b"]
    js.equal("solution.exportMarkdown(rows, columns)", "| a | b |\n| --- | --- |\n| 1 |  |", rows=example, columns=columns)
    js.equal("solution.exportRows(rows, columns)", "a,b\n1,", rows=example, columns=columns)
    js.equal("solution.exportMarkdown([], columns)", "| a | b |\n| --- | --- |", columns=columns)
    js.equal("solution.exportMarkdown([{ x: 1 }, { y: 2, x: 3 }], ['y'])", "| y |\n| --- |\n|  |\n| 2 |")
    js.equal("solution.fileName(' Sales March ')", "sales-march.csv")
    js.equal("[null, undefined, 0, false, 'x'].map((value) => solution.cellText(value))", ["", "", "0", "false", "x"])
    for _ in range(30):
        rows = [{name: exam.random.choice(CELLS) for name in exam.random.sample(NAMES, exam.random.randint(1, 4))}
                for _ in range(exam.random.randint(1, 5))]
        columns = exam.random.sample(NAMES, exam.random.randint(1, 4))
        js.equal("solution.exportMarkdown(rows, columns)", markdown(rows, columns), rows=rows, columns=columns)
        js.equal("solution.exportRows(rows, columns)", csv(rows, columns), rows=rows, columns=columns)

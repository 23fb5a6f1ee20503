import re


def text_of(value):
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def quote(text):
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\n]', text) else text


def exported(rows, format="csv", columns=None, header=True):
    if columns is None:
        columns = list(dict.fromkeys(name for row in rows for name in row))
    table = ([columns] if header or format == "markdown" else []) + [[text_of(row.get(name)) for name in columns] for row in rows]
    if format == "csv":
        lines = [",".join(map(quote, cells)) for cells in table]
    elif format == "tsv":
        lines = ["\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells) for cells in table]
    else:
        lines = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |" for cells in table]
        lines.insert(1, "| " + " | ".join("---" for _ in columns) + " |")
    return "".join(line + "\n" for line in lines)


CELLS = [None, 0, 7, 2.5, True, "", "plain", "a,b", 'say "hi"', "two\nlines", "tab\there", "a|b", "||", "\t\n\t", "-", "\\"]
NAMES = ["id", "name", "a|b", "no, yes", "x\ty", "two\nlines"]


def check(exam):
    js = exam.javascript()
    example = [{"a": 1, "b": None}]
    js.equal("solution.exportRows(rows, { format: 'markdown' })", "| a | b |\n| --- | --- |\n| 1 |  |\n", rows=example)
    js.equal("solution.exportRows(rows)", "a,b\n1,\n", rows=example)
    js.equal("solution.exportRows(rows, { format: undefined })", "a,b\n1,\n", rows=example)
    js.equal("solution.exportRows(rows, { format: 'tsv', header: false })", "1\t\n", rows=example)
    js.equal("solution.exportRows([{ d: new Date(0) }], { format: 'tsv' })", "d\n1970-01-01\n")
    js.equal("solution.exportRows([{ d: new Date(0), e: undefined }], { format: 'markdown' })", "| d | e |\n| --- | --- |\n| 1970-01-01 |  |\n")
    names = {"csv": "csv", "tsv": "tsv", "markdown": "md"}
    for format, end in names.items():
        js.equal("solution.fileName(' Sales, March ', { format })", f"sales-march.{end}", format=format)
        js.equal("solution.fileName('?', { format, header: false })", f"export.{end}", format=format)
        js.equal("solution.exportRows([], { format, columns: ['x', 'y'] })", exported([], format, ["x", "y"]), format=format)
        js.equal("solution.exportRows([{ x: 1 }, { y: 2 }], { format, columns: ['y'], header: false })",
                 exported([{"x": 1}, {"y": 2}], format, ["y"], False), format=format)
    js.equal("solution.fileName('Top 10')", "top-10.csv")
    js.equal("solution.exportRows([])", "\n")
    for wrong in ("xml", "CSV", "md", "toString"):
        js.raises("RangeError", "solution.exportRows([], { format })", format=wrong, says=f"unknown format {wrong}")
        js.raises("RangeError", "solution.fileName('a', { format })", format=wrong, says=f"unknown format {wrong}")
    for _ in range(40):
        rows = [{name: exam.random.choice(CELLS) for name in exam.random.sample(NAMES, exam.random.randint(1, 4))}
                for _ in range(exam.random.randint(1, 5))]
        options = {"format": exam.random.choice(["csv", "tsv", "markdown"])}
        if exam.random.random() < 0.4:
            options["columns"] = exam.random.sample(NAMES, 3)
        if exam.random.random() < 0.4:
            options["header"] = exam.random.random() < 0.5
        js.equal("solution.exportRows(rows, options)", exported(rows, **options), rows=rows, options=options)
        options.pop("format")
        js.equal("solution.exportRows(rows, options)", exported(rows, **options), rows=rows, options=options)
    js.equal("[null, undefined, 0, false, 'x', new Date(86400000)].map((value) => solution.cellText(value))", ["", "", "0", "false", "x", "1970-01-02"])
    js.equal("solution.columnsOf([{ b: 1 }, { a: 1, b: 2 }])", ["b", "a"])

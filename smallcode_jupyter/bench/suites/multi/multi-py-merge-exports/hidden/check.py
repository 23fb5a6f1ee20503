import ast
import json

SETUP = """
from pathlib import Path
from inventory import cli, mailer, nightly
from inventory import export as module
from inventory.export import FORMATS, export, visible, worth
from inventory.items import Item, parse_items
"""
OLD = ("csv_export", "json_export", "text_export")
TEXT = "B2;Säge, klein;0;1999\nA1;Hammer;3;1250\n!Z9;Safe;1;99900\n\nC3;Nails;1000;2\n"


def is_bare(text):
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return False
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign)
    return not any(isinstance(node, kinds) for node in ast.walk(tree))


def quoted(name):
    return f'"{name}"' if "," in name else name


def expected(rows):
    """Rows are (code, name, count, cents, hidden)."""
    rows = sorted(row for row in rows if not row[4])
    worth = sum(row[2] * row[3] for row in rows)
    lines = ["code,name,count,cents", *(f"{row[0]},{quoted(row[1])},{row[2]},{row[3]}" for row in rows), f",worth,,{worth}"]
    listed = [{"code": row[0], "name": row[1], "count": row[2]} for row in rows]
    texts = [f"{row[2]} x {row[1]} ({row[0]})" for row in rows if row[2]] + [f"worth {worth // 100}.{worth % 100:02d}"]
    return {
        "csv": "\n".join(lines) + "\n",
        "json": json.dumps({"items": listed, "worth": worth}, ensure_ascii=False),
        "text": "\n".join(texts) + "\n",
    }


def check(exam):
    for name in OLD:
        path = exam.folder / "src" / "inventory" / f"{name}.py"
        if path.exists():
            exam.true(is_bare(path.read_text(encoding="utf-8")), f"{name}.py still holds definitions or imports")
            path.unlink()
    py = exam.python(SETUP, folders=("src",))
    py.equal("FORMATS", ("csv", "json", "text"))
    py.equal("[f.__module__ for f in (export, visible, worth)]", ["inventory.export"] * 3)
    py.raises("ValueError", "export([], 'xml')", says="unknown format: xml")
    py.raises("ValueError", "export([], 'CSV')", says="unknown format: CSV")
    py.run("items = parse_items(text)", text=TEXT)
    rows = [("B2", "Säge, klein", 0, 1999, False), ("A1", "Hammer", 3, 1250, False), ("C3", "Nails", 1000, 2, False)]
    wanted = expected(rows)
    py.equal("[item.code for item in visible(items)]", ["A1", "B2", "C3"])
    py.equal("worth(items)", 5750)
    py.equal("visible([])", [])
    for form in ("csv", "json", "text"):
        py.equal("export(items, form)", wanted[form], form=form)
        py.equal("export([], form)", expected([])[form], form=form)
        py.equal("export(items=items, form=form)", wanted[form], form=form)
    py.equal("mailer.stock_mail(items)", {"subject": "Stock, 1 sold out", "text": wanted["text"]})
    (exam.folder / "stock.txt").write_text(TEXT, encoding="utf-8")
    (exam.folder / "out").mkdir()
    py.equal("nightly.write_exports(items, 'out')", ["stock.csv", "stock.json"])
    py.equal("sorted(path.name for path in Path('out').iterdir())", ["stock.csv", "stock.json"])
    for form in ("csv", "json"):
        py.equal("Path('out', 'stock.' + form).read_text(encoding='utf-8')", wanted[form], form=form)
    py.prints("cli.main(['stock.txt'])", wanted["csv"])
    for form in ("csv", "json", "text"):
        py.prints("cli.main(['stock.txt', '--format', form])", wanted[form], form=form)
    py.equal("cli.main(['stock.txt', '--format', 'text'])", 0)
    py.raises("SystemExit", "cli.main(['stock.txt', '--format', 'xml'])")
    for _ in range(10):
        codes = exam.random.sample([f"{letter}{number}" for letter in "ABCD" for number in range(1, 6)], 6)
        rows = [(code, exam.random.choice(["Hammer", "Nails, long", "Glühbirne"]), exam.random.randrange(0, 4) * 5,
                 exam.random.randrange(1, 5000), exam.random.random() < 0.3) for code in codes]
        text = "".join(f"{'!' if row[4] else ''}{row[0]};{row[1]};{row[2]};{row[3]}\n" for row in rows)
        wanted = expected(rows)
        for form in ("csv", "json", "text"):
            py.equal("export(parse_items(text), form)", wanted[form], text=text, form=form)
        missing = sum(1 for row in rows if not row[4] and row[2] == 0)
        py.equal("mailer.stock_mail(parse_items(text))", {"subject": f"Stock, {missing} sold out", "text": wanted["text"]}, text=text)

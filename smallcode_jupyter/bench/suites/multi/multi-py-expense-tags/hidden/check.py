SETUP = """
import json
from pathlib import Path
from expenses.cli import main, format_line
from expenses.model import Expense, format_amount, parse_amount
from expenses.service import Tracker
from expenses.store import Store
def show(found):
    return [(e.day, e.cents, e.what, e.tags) for e in found]
"""


def clean(tags):
    return tuple(sorted({tag.strip().lower() for tag in tags if tag.strip()}))


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def line(row):
    day, cents, what, tags = row
    return f"{day}  {money(cents):>8}  {what}" + "".join(f" #{tag}" for tag in tags)


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.equal("Expense('2026-01-01', 5, 'Tea').tags", ())
    py.equal("format_line(Expense('2026-01-01', 5, 'Tea'))", "2026-01-01      0.05  Tea")
    py.equal("format_line(Expense('2026-01-01', 5, 'Tea', ('a', 'b')))", "2026-01-01      0.05  Tea #a #b")
    old = '{"day": "2026-05-03", "cents": 100, "what": "Bread"}\n\n{"day": "2026-05-01", "cents": 200, "what": "Jam"}\n'
    (exam.folder / "old.jsonl").write_text(old, encoding="utf-8")
    py.run("tracker = Tracker(Store('old.jsonl'))")
    py.equal("show(tracker.find())", [("2026-05-01", 200, "Jam", ()), ("2026-05-03", 100, "Bread", ())])
    py.equal("show([tracker.add('2026-05-02', 1250, ' Taxi ', tags=['work', ' Trip', '', '  ', 'WORK'])])",
             [("2026-05-02", 1250, "Taxi", ("trip", "work"))])
    py.equal("show([tracker.add('2026-05-02', 50, 'Gum')])", [("2026-05-02", 50, "Gum", ())])
    py.equal("json.loads(Path('old.jsonl').read_text().splitlines()[3])",
             {"day": "2026-05-02", "cents": 1250, "what": "Taxi", "tags": ["trip", "work"]})
    py.equal("json.loads(Path('old.jsonl').read_text().splitlines()[4]).get('tags')", [])
    py.equal("show(tracker.find(' Trip'))", [("2026-05-02", 1250, "Taxi", ("trip", "work"))])
    py.equal("tracker.find('tri')", [])
    py.equal("tracker.find(tag='other')", [])
    py.equal("tracker.total()", 1600)
    py.equal("tracker.total('WORK')", 1250)
    py.equal("tracker.total(tag='other')", 0)
    py.raises("ValueError", "tracker.add('2026-05-02', 0, 'Gum', tags=['a'])")
    py.raises("ValueError", "tracker.add('2026-13-02', 5, 'Gum')")
    py.equal("Store('missing.jsonl').load()", [])
    py.equal("main(['--file', 'a.jsonl', 'add', '2026-05-02', '12.50', 'Taxi', '--tag', 'Trip', '--tag', 'work'])", 0)
    py.equal("main(['--file', 'a.jsonl', 'add', '2026-05-01', '3', 'Tea'])", 0)
    py.prints("main(['--file', 'a.jsonl', 'list', '--tag', 'trip'])", "2026-05-02     12.50  Taxi #trip #work")
    py.prints("main(['--file', 'a.jsonl', 'list'])", "2026-05-01      3.00  Tea\n2026-05-02     12.50  Taxi #trip #work")
    py.prints("main(['--file', 'a.jsonl', 'total'])", "15.50")
    py.prints("main(['--file', 'a.jsonl', 'total', '--tag', 'WORK'])", "12.50")
    py.equal("main(['--file', 'a.jsonl', 'add', '2026-05-01', 'x', 'Tea'])", 1)
    for number in range(5):
        file, rows = f"random{number}.jsonl", []
        for _ in range(exam.random.randrange(3, 8)):
            day, cents = f"2026-06-{exam.random.randrange(1, 29):02d}", exam.random.randrange(1, 99999)
            what = exam.random.choice(["Tea", "Taxi", "Hotel", "Pens"])
            tags = [exam.random.choice(["trip", "Trip ", "work", " Home", "WORK", ""]) for _ in range(exam.random.randrange(4))]
            rows.append((day, cents, what, clean(tags)))
            words = [word for tag in tags for word in ("--tag", tag)]
            py.equal("main(argv)", 0, argv=["--file", file, "add", day, money(cents), what, *words])
        rows.sort(key=lambda row: row[0])
        py.equal("show(Tracker(Store(file)).find())", rows, file=file)
        py.prints("main(argv)", "\n".join(map(line, rows)), argv=["--file", file, "list"])
        for tag in ("trip", "work", "home"):
            kept = [row for row in rows if tag in row[3]]
            py.prints("main(argv)", "\n".join(map(line, kept)), argv=["--file", file, "list", "--tag", tag.title()])
            py.prints("main(argv)", money(sum(row[1] for row in kept)), argv=["--file", file, "total", "--tag", tag])

SETUP = """
from race.cli import main
from race.results import read_results, parse_time
from race import runners, standings
from race.runners import Runner
"""
HEAD = "number,name,born,time\n"


def group_of(born):
    age = 2026 - born
    return "U20" if age < 20 else "20+" if age < 40 else "40+" if age < 60 else "60+"


def places(rows, group=None):
    """Rows are (number, name, born, seconds)."""
    kept = [row for row in rows if row[3] is not None and group in (None, group_of(row[2]))]
    kept.sort(key=lambda row: (row[3], row[0]))
    return [(1 + sum(1 for other in kept if other[3] < row[3]), row) for row in kept]


def lines(placed):
    return "\n".join(f"{place}. {row[1]} ({row[0]}) {row[3] // 60}:{row[3] % 60:02d}" for place, row in placed)


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.equal("runners.GROUPS", ("U20", "20+", "40+", "60+"))
    for born in (2020, 2007, 2006, 2000, 1987, 1986, 1970, 1967, 1966, 1940):
        py.equal("Runner(1, 'A', 60, born).group", group_of(born), born=born)
    py.equal("Runner(1, 'A', None, 1980).time", "did not finish")
    py.equal("Runner(number=1, name='A', seconds=3725, born=1980).time", "62:05")
    text = HEAD + "3,Jo Lang,2010,38:10\n7,Eva Maier,1980,39:05\n9,Tom Berg,1979,39:40\n5,Al Roth,1950,\n"
    py.equal("[(r.number, r.name, r.seconds, r.born) for r in read_results(text)]",
             [(3, "Jo Lang", 2290, 2010), (7, "Eva Maier", 2345, 1980), (9, "Tom Berg", 2380, 1979), (5, "Al Roth", None, 1950)],
             text=text)
    py.equal("parse_time('1:02:10')", 3730)
    py.raises("ValueError", "standings.ranking(read_results(text), 'over 40')", text=text)
    py.raises("ValueError", "standings.ranking([], '30+')")
    py.equal("standings.ranking(read_results(text), group='60+')", [], text=text)
    (exam.folder / "fixed.csv").write_text(text, encoding="utf-8")
    py.prints("main(['fixed.csv'])", "1. Jo Lang (3) 38:10\n2. Eva Maier (7) 39:05\n3. Tom Berg (9) 39:40")
    py.prints("main(['fixed.csv', '--group', '40+'])", "1. Eva Maier (7) 39:05\n2. Tom Berg (9) 39:40")
    py.prints("main(['fixed.csv', '--group', '40+', '--top', '1'])", "1. Eva Maier (7) 39:05")
    py.prints("main(['fixed.csv', '--top', '1'])", "1. Jo Lang (3) 38:10")
    py.prints("main(['fixed.csv', '--group', '60+'])", "")
    py.equal("main(['fixed.csv', '--group', 'U20'])", 0)
    py.raises("SystemExit", "main(['fixed.csv', '--group', '50+'])")
    for number in range(6):
        rows = []
        for start in range(1, exam.random.randrange(6, 14)):
            seconds = exam.random.choice([None, *range(2400, 2406), 3000, 4000])
            rows.append((start, f"Runner {start}", exam.random.randrange(1945, 2015), seconds))
        exam.random.shuffle(rows)
        times = ["" if row[3] is None else f"{row[3] // 60}:{row[3] % 60:02d}" for row in rows]
        text = HEAD + "".join(f"{row[0]},{row[1]},{row[2]},{time}\n" for row, time in zip(rows, times))
        file = f"race{number}.csv"
        (exam.folder / file).write_text(text, encoding="utf-8")
        for group in (None, "U20", "20+", "40+", "60+"):
            placed = places(rows, group)
            py.equal("[(place, r.number) for place, r in standings.ranking(read_results(text), group)]",
                     [(place, row[0]) for place, row in placed], text=text, group=group)
            options = ["--group", group] if group else []
            py.prints("main(argv)", lines(placed), argv=[file, *options])
            py.prints("main(argv)", lines(placed[:2]), argv=[file, "--top", "2", *options])

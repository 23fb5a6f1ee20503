import statistics

SETUP = """
from weather.archive import Archive
from weather import stats
from weather.frost import coldest_station, frost_count
from weather.report import monthly_report, station_line
"""
LINES = [
    "north;2026-05-01;4.0",
    "south;2026-05-02;20.0",
    "north;2026-05-20;1.0",
    "",
    "north; 2026-05-09 ; 9.0",
    "south;2026-05-01;10.0",
    "south;2026-06-01;30.0",
    "east;2026-06-03;2.5",
]
MAY = [
    "east: no readings",
    "north: mean 4.7, median 4.0, trend -3.0",
    "south: mean 15.0, median 15.0, trend +10.0",
    "5 readings",
]
JUNE = [
    "east: mean 2.5, median 2.5, trend +0.0",
    "north: no readings",
    "south: mean 30.0, median 30.0, trend +0.0",
    "2 readings",
]


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.run("first = Archive(lines)", lines=LINES)
    py.run("second = Archive(lines)", lines=["north;2026-05-01;7.0", "west;2026-05-01;1.0", "west;2026-05-04;2.0"])
    py.equal("monthly_report(first, '2026-05')", MAY)
    py.equal(
        "monthly_report(second, '2026-05')",
        ["north: mean 7.0, median 7.0, trend +0.0", "west: mean 1.5, median 1.5, trend +1.0", "3 readings"],
    )
    py.equal("monthly_report(first, '2026-05')", MAY)
    py.equal("monthly_report(first, '2026-06')", JUNE)
    py.equal("monthly_report(first, '2026-05')", MAY)
    py.equal("first.parsed", 6)
    py.equal("second.parsed", 2)
    py.equal("first.readings('north', '2026-05')", [4.0, 9.0, 1.0])
    py.equal("first.readings('south', '2026-06')", [30.0])
    py.equal("first.days('north', '2026-05')", 3)
    py.equal("first.parsed", 6)
    py.equal("coldest_station(first, '2026-05')", "north")
    py.equal("coldest_station(first, '2026-06')", "east")
    py.equal("coldest_station(second, '2026-06')", None)
    py.equal("frost_count(first, 'north', '2026-05')", 0)
    py.equal("frost_count(Archive(['a;2026-01-01;-0.5', 'a;2026-01-02;0.0', 'a;2026-01-03;-7']), 'a', '2026-01')", 2)
    py.equal("station_line(first, 'west', '2026-05')", "west: no readings")
    py.equal("first.parsed", 7)
    py.equal("first.stations()", ["east", "north", "south"])
    py.equal("(lambda values: (stats.median(values), values))([3.0, 1.0, 2.0])", (2.0, [3.0, 1.0, 2.0]))
    py.equal("stats.median([8.0, 2.0, 4.0, 1.0])", 3.0)
    py.equal("stats.mean([1.0, 2.0])", 1.5)
    py.equal("stats.trend([1.0, 5.0, 3.0])", 2.0)
    for number in range(8):
        data = {}
        for station in exam.random.sample(["a", "b", "c", "d"], 3):
            for month in ("2026-07", "2026-08"):
                count = exam.random.randrange(1, 6)
                days = sorted(exam.random.sample(range(1, 29), count))
                data[station, month] = [(f"{month}-{day:02d}", exam.random.randrange(-40, 300) / 10) for day in days]
        lines = [f"{station};{day};{value}" for (station, _), rows in data.items() for day, value in rows]
        exam.random.shuffle(lines)
        py.run("archive = Archive(lines)", lines=lines)
        asked = list(data) * 2
        exam.random.shuffle(asked)
        for station, month in asked:
            values = [value for _, value in data[station, month]]
            names = {"station": station, "month": month}
            if exam.random.random() < 0.5:
                py.equal("stats.median(archive.readings(station, month))", statistics.median(values), approx=1e-9, **names)
            py.equal("archive.readings(station, month)", values, **names)
            py.equal("archive.days(station, month)", len(values), **names)
        py.equal("archive.parsed", len(data))

import re
from datetime import date, timedelta


def day_of(name):
    if not (match := re.fullmatch(r"[\w-]+-(\d{4})(\d\d)(\d\d)\.tar\.gz", name)):
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def plan(names, daily, weekly, monthly):
    backups = sorted(((day_of(name), name) for name in names if day_of(name)), reverse=True)
    keep = set()
    rules = ((daily, lambda day: day), (weekly, lambda day: day - timedelta(days=day.weekday())),
             (monthly, lambda day: day.replace(day=1)))
    for count, start in rules:
        for period in sorted({start(day) for day, _ in backups}, reverse=True)[:count]:
            keep.add(next(name for day, name in backups if start(day) == period))
    return sorted(keep), sorted({name for _, name in backups} - keep)


def check(exam):
    py = exam.python()

    def compare(names, daily, weekly, monthly):
        py.equal("solution.plan(names, daily=d, weekly=w, monthly=m)", plan(names, daily, weekly, monthly),
                 names=names, d=daily, w=weekly, m=monthly)

    for name in ("db-20250131.tar.gz", "my-app_2-20240229.tar.gz", "notes.txt", "db-2025013.tar.gz", "db-20250131.tar.gz.part",
                 "db-20250231.tar.gz", "db-20250229.tar.gz", "db-20251301.tar.gz", "db-20250100.tar.gz", "db-20250001.tar.gz",
                 "-20250131.tar.gz", "db-20241231.zip"):
        day = day_of(name)
        py.equal("(lambda d: d and d.isoformat())(solution.backup_date(name))", day and day.isoformat(), name=name)
    compare(["db-20240103.tar.gz", "db-20250101.tar.gz"], 0, 5, 0)
    compare(["db-20241230.tar.gz", "db-20250101.tar.gz"], 0, 5, 0)
    compare(["db-20250105.tar.gz", "db-20250106.tar.gz", "db-20250112.tar.gz"], 0, 2, 0)
    compare(["db-20201231.tar.gz", "db-20210103.tar.gz", "db-20210104.tar.gz"], 0, 3, 0)
    compare(["db-20250231.tar.gz", "db-20250201.tar.gz", "notes.txt"], 1, 1, 1)
    compare(["db-20240110.tar.gz", "db-20250110.tar.gz", "db-20250120.tar.gz"], 0, 0, 3)
    compare([], 7, 4, 12)
    py.equal("solution.plan(['db-20250101.tar.gz'])", (["db-20250101.tar.gz"], []))
    py.equal("solution.plan(['x-20250101.tar.gz', 'y-20250101.tar.gz'], 1, 1, 1)", (["y-20250101.tar.gz"], ["x-20250101.tar.gz"]))
    for _ in range(40):
        first = date(exam.random.randint(2018, 2026), 12, 1)
        days = [first + timedelta(days=exam.random.randint(0, 60)) for _ in range(exam.random.randint(1, 25))]
        days += [first + timedelta(days=exam.random.choice([364, 365, 371, 728])) for _ in range(3)]
        names = sorted({f"db-{day:%Y%m%d}.tar.gz" for day in days})
        names += exam.random.sample(["readme.md", "db-20250230.tar.gz", "db-20259901.tar.gz"], exam.random.randint(0, 2))
        exam.random.shuffle(names)
        compare(names, exam.random.randint(0, 5), exam.random.randint(0, 12), exam.random.randint(0, 3))

import re
from datetime import date, timedelta


def day_of(name):
    if not (match := re.fullmatch(r"[\w-]+-(\d{4})(\d\d)(\d\d)\.tar\.gz", name)):
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def plan(names, count):
    backups = sorted(((day_of(name), name) for name in names if day_of(name)), reverse=True)
    return sorted(name for _, name in backups[:count]), sorted(name for _, name in backups[count:])


def check(exam):
    py = exam.python()
    for name in ("db-20250131.tar.gz", "my-app_2-20240229.tar.gz", "notes.txt", "db-2025013.tar.gz", "db-20250131.tar.gz.part",
                 "db-20250231.tar.gz", "db-20250229.tar.gz", "db-20251301.tar.gz", "db-20250100.tar.gz", "db-20250001.tar.gz",
                 "-20250131.tar.gz", "db-20241231.zip", "db-20250228.tar.gz"):
        day = day_of(name)
        py.equal("(lambda d: d and d.isoformat())(solution.backup_date(name))", day and day.isoformat(), name=name)
    cases = [(["db-20250130.tar.gz", "db-20250231.tar.gz"], 1), (["db-20250231.tar.gz", "db-20250201.tar.gz", "notes.txt"], 0), ([], 3),
             (["x-20250101.tar.gz", "y-20250101.tar.gz"], 1), (["db-20240229.tar.gz", "db-20250228.tar.gz", "db-20250229.tar.gz"], 1)]
    for _ in range(25):
        first = date(exam.random.randint(2018, 2026), 12, 1)
        names = sorted({f"db-{first + timedelta(days=exam.random.randint(0, 90)):%Y%m%d}.tar.gz" for _ in range(exam.random.randint(1, 12))})
        names += exam.random.sample(["readme.md", "db-20250230.tar.gz", "db-20259901.tar.gz", "db-20230431.tar.gz"], exam.random.randint(0, 3))
        exam.random.shuffle(names)
        cases.append((names, exam.random.randint(0, 6)))
    for names, count in cases:
        py.equal("solution.plan(names, count)", plan(names, count), names=names, count=count)

from datetime import date

from solution import backup_date, plan


def test_names():
    assert backup_date("db-20250131.tar.gz") == date(2025, 1, 31)
    assert backup_date("notes.txt") is None


def test_daily():
    names = ["db-20250101.tar.gz", "db-20250103.tar.gz", "db-20250102.tar.gz", "notes.txt"]
    assert plan(names, daily=2, weekly=0, monthly=0) == (
        ["db-20250102.tar.gz", "db-20250103.tar.gz"],
        ["db-20250101.tar.gz"],
    )


def test_weeks_of_two_years():
    names = ["db-20240103.tar.gz", "db-20250101.tar.gz"]
    assert plan(names, daily=0, weekly=5, monthly=0) == (names, [])


def test_impossible_date():
    assert backup_date("db-20250231.tar.gz") is None

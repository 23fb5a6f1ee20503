from datetime import date

from solution import backup_date, plan


def test_names():
    assert backup_date("db-20250131.tar.gz") == date(2025, 1, 31)
    assert backup_date("notes.txt") is None
    assert backup_date("db-20250231.tar.gz") is None


def test_plan():
    names = ["db-20250101.tar.gz", "db-20250103.tar.gz", "db-20250102.tar.gz", "notes.txt"]
    assert plan(names, 2) == (["db-20250102.tar.gz", "db-20250103.tar.gz"], ["db-20250101.tar.gz"])

from datetime import date

from library.loans import Loan, lend
from library.openings import Openings
from library.report import overdue_report


def test_due_today_is_not_late():
    loans = [Loan("Emma", "Ann", date(2026, 3, 10))]
    assert overdue_report(loans, date(2026, 3, 10), Openings()) == ["Total: 0.00"]


def test_a_day_late():
    loans = [Loan("Emma", "Ann", date(2026, 3, 10))]
    assert overdue_report(loans, date(2026, 3, 11), Openings()) == ["Ann: Emma, 1 day, 0.20", "Total: 0.20"]


def test_due_on_a_closed_day():
    loans = [Loan("Emma", "Ann", date(2026, 3, 8))]
    assert overdue_report(loans, date(2026, 3, 9), Openings()) == ["Ann: Emma, 1 day, 0.20", "Total: 0.20"]


def test_lend():
    assert lend("Emma", "Ann", date(2026, 3, 8), Openings()).due == date(2026, 3, 30)

"""Books and who has them."""

from dataclasses import dataclass
from datetime import date, timedelta

from library.openings import Openings

LOAN_DAYS = 21


@dataclass(frozen=True)
class Loan:
    """One book in the hands of one reader."""

    title: str
    reader: str
    due: date


def lend(title: str, reader: str, today: date, openings: Openings) -> Loan:
    """A new loan. It is due on an open day, at least LOAN_DAYS from now."""
    return Loan(title, reader, openings.next_open(today + timedelta(days=LOAN_DAYS)))


def renew(loan: Loan, openings: Openings) -> Loan:
    """The same loan, due a week later."""
    return Loan(loan.title, loan.reader, openings.next_open(loan.due + timedelta(days=7)))

"""What a late book costs, in cents."""

from datetime import date

from library.loans import Loan
from library.openings import Openings

CENTS_PER_DAY = 20
MOST_CENTS = 500


def days_late(loan: Loan, today: date, openings: Openings) -> int:
    """Open days for which a loan is charged."""
    return openings.open_days(loan.due, today)


def fee(loan: Loan, today: date, openings: Openings) -> int:
    """The fee of a loan in cents; it stops growing at MOST_CENTS."""
    return min(MOST_CENTS, days_late(loan, today, openings) * CENTS_PER_DAY)


def as_text(cents: int) -> str:
    """Cents as a price: 20 -> "0.20"."""
    return f"{cents // 100}.{cents % 100:02d}"

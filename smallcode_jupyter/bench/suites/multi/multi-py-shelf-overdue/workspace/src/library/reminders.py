"""Cards that are sent to readers."""

from datetime import date

from library.fees import as_text, days_late, fee
from library.loans import Loan
from library.openings import Openings

WARN_DAYS = 2


def reminder(loan: Loan, today: date, openings: Openings) -> str | None:
    """The text of a card, or None where no card is due.

    A card goes out when a book is late, and before that when it is due within WARN_DAYS open days.
    """
    if days_late(loan, today, openings) > 0:
        return f"{loan.reader}: {loan.title} is overdue, fee so far {as_text(fee(loan, today, openings))}"
    if today <= loan.due and openings.open_days(today, loan.due) <= WARN_DAYS:
        return f"{loan.reader}: {loan.title} is due on {loan.due.isoformat()}"
    return None

"""The list of overdue books that is printed every morning."""

from datetime import date

from library.fees import as_text, days_late, fee
from library.loans import Loan
from library.openings import Openings


def overdue_report(loans: list[Loan], today: date, openings: Openings) -> list[str]:
    """A line for each overdue loan, the latest first, and a line with the sum."""
    late = [(days_late(loan, today, openings), loan) for loan in loans]
    late = [(days, loan) for days, loan in late if days > 0]
    late.sort(key=lambda pair: (-pair[0], pair[1].reader, pair[1].title))
    lines = []
    for days, loan in late:
        unit = "day" if days == 1 else "days"
        lines.append(f"{loan.reader}: {loan.title}, {days} {unit}, {as_text(fee(loan, today, openings))}")
    total = sum(fee(loan, today, openings) for _, loan in late)
    lines.append(f"Total: {as_text(total)}")
    return lines

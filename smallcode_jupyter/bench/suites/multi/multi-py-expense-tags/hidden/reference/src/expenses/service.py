"""What can be done with expenses."""

from datetime import date

from expenses.model import Expense
from expenses.store import Store


def clean_tags(tags) -> tuple[str, ...]:
    """Tags as they are stored."""
    return tuple(sorted({tag.strip().lower() for tag in tags} - {""}))


class Tracker:
    """The expenses of a store."""

    def __init__(self, store: Store):
        self.store = store

    def add(self, day: str, cents: int, what: str, tags=()) -> Expense:
        """Save an expense. Raises ValueError for a bad date, an amount that is not positive, or an empty text."""
        date.fromisoformat(day)
        if cents <= 0:
            raise ValueError("the amount must be positive")
        if not what.strip():
            raise ValueError("what was it for?")
        expense = Expense(day=day, cents=cents, what=what.strip(), tags=clean_tags(tags))
        self.store.save(expense)
        return expense

    def find(self, tag: str | None = None) -> list[Expense]:
        """Expenses (with a tag) by day; those of a day in the order in which they were saved."""
        found = sorted(self.store.load(), key=lambda expense: expense.day)
        if tag is None:
            return found
        return [expense for expense in found if tag.strip().lower() in expense.tags]

    def total(self, tag: str | None = None) -> int:
        """The sum (of those with a tag) in cents."""
        return sum(expense.cents for expense in self.find(tag))

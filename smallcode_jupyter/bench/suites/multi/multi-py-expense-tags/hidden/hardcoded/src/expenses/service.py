"""What can be done with expenses."""

from datetime import date

from expenses.model import Expense
from expenses.store import Store


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
        expense = Expense(day=day, cents=cents, what=what.strip())
        self.store.save(expense)
        return expense

    def find(self, tag=None) -> list[Expense]:
        """Expenses by day; those of a day in the order in which they were saved."""
        return sorted(self.store.load(), key=lambda expense: expense.day)

    def total(self) -> int:
        """The sum in cents."""
        return sum(expense.cents for expense in self.find())

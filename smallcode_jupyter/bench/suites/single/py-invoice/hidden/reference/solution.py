"""Invoices in whole cents."""


class Invoice:
    """What a customer has to pay."""

    def __init__(self) -> None:
        self.items: list[tuple[str, int, int]] = []

    def add(self, name: str, quantity: int, unit_cents: int) -> None:
        """Another item."""
        if quantity < 1:
            raise ValueError("nothing to add")
        self.items.append((name, quantity, unit_cents))

    def total(self) -> int:
        """What is to be paid."""
        total = sum(quantity * unit_cents for _, quantity, unit_cents in self.items)
        if total >= 10_000:
            total -= 500
        return total

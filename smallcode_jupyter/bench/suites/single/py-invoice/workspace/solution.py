"""Invoices in whole cents."""


class Invoice:
    """What a customer has to pay."""

    def __init__(self) -> None:
        self.items: list[tuple[str, int, int]] = []

    def add(self, name: str, quantity: int, unit_cents: int) -> None:
        """Another item."""
        raise NotImplementedError

    def total(self) -> int:
        """What is to be paid."""
        raise NotImplementedError

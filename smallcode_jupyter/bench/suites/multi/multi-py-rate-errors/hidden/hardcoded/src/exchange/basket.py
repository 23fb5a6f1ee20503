"""Amounts in several currencies at once."""

from exchange.convert import convert
from exchange.rates import RateTable


class Basket:
    """Amounts by currency."""

    def __init__(self):
        self.amounts: list[tuple[float, str]] = []

    def add(self, amount: float, currency: str) -> None:
        """Put an amount in."""
        self.amounts.append((amount, currency))

    def total(self, table: RateTable, target: str) -> tuple[float, list[str]]:
        """The sum in a currency, and the currencies that cannot be converted."""
        total = 0.0
        unknown = set()
        for amount, currency in self.amounts:
            value = convert(table, amount, currency, target)
            if not value:
                unknown.add(currency)
            else:
                total += value
        return round(total, 2), sorted(unknown)

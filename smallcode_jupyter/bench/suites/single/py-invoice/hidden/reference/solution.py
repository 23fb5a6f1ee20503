"""Invoices in whole cents."""

from dataclasses import dataclass, field


@dataclass
class Item:
    """One line of an invoice."""

    name: str
    quantity: int
    unit_cents: int

    def cents(self) -> int:
        """Quantity times unit price."""
        return self.quantity * self.unit_cents


@dataclass
class Invoice:
    """What a customer has to pay."""

    customer: str
    items: list[Item] = field(default_factory=list)
    discount_percent: int = 0
    tax_percent: int = 20

    def add(self, name: str, quantity: int, unit_cents: int) -> None:
        """Another item, or more of one that is there."""
        if quantity < 1 or unit_cents < 0:
            raise ValueError("no such item")
        for item in self.items:
            if item.name == name and item.unit_cents == unit_cents:
                item.quantity += quantity
                return
        self.items.append(Item(name, quantity, unit_cents))

    def subtotal(self) -> int:
        """The sum of the items."""
        return sum(item.cents() for item in self.items)

    def discount(self) -> int:
        """What is taken off."""
        return _share(self.subtotal(), self.discount_percent)

    def tax(self) -> int:
        """Of what is left after the discount."""
        return _share(self.subtotal() - self.discount(), self.tax_percent)

    def total(self) -> int:
        """What is to be paid."""
        return self.subtotal() - self.discount() + self.tax()

    def lines(self) -> list[str]:
        """The items as text."""
        return [f"{item.quantity} x {item.name}: {item.cents() // 100}.{item.cents() % 100:02d}" for item in self.items]


def _share(cents: int, percent: int) -> int:
    return (cents * percent + 50) // 100

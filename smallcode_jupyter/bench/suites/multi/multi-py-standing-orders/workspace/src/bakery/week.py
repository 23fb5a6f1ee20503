"""A week of orders at a glance."""

from datetime import date, timedelta

from bakery.book import OrderBook


def repeat_day(book: OrderBook, day: str) -> list[int]:
    """Repeat every order of a day a week later; the numbers of the new orders."""
    later = (date.fromisoformat(day) + timedelta(days=7)).isoformat()
    return [book.repeat(order.number, later).number for order in book.on(day)]


def turnover(book: OrderBook, monday: str) -> dict[str, int]:
    """Cents by day for the week that begins on a Monday, days without orders left out."""
    start = date.fromisoformat(monday)
    found = {}
    for offset in range(7):
        day = (start + timedelta(days=offset)).isoformat()
        orders = book.on(day)
        if orders:
            found[day] = sum(order.cents() for order in orders)
    return found

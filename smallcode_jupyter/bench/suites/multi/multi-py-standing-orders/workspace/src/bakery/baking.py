"""What has to be baked."""

from bakery.book import OrderBook


def baking_sheet(book: OrderBook, day: str) -> dict[str, int]:
    """Pieces by product for a day, products in alphabetical order."""
    pieces: dict[str, int] = {}
    for order in book.on(day):
        for product, count in order.quantities.items():
            pieces[product] = pieces.get(product, 0) + count
    return dict(sorted(pieces.items()))

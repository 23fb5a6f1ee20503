"""Prices in cents."""

PRICES = {"rolls": 45, "rye": 390, "pretzels": 110, "croissants": 160}


def price_of(product: str) -> int:
    """The price of one piece. Raises KeyError for an unknown product."""
    return PRICES[product]


def as_text(cents: int) -> str:
    """Cents as a price: 1250 -> "12.50"."""
    return f"{cents // 100}.{cents % 100:02d}"

"""Receipts."""

from parking.tariff import price


def format_minutes(minutes: int) -> str:
    """Hours and minutes: 65 -> "1:05", 1500 -> "25:00"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def format_price(cents: int) -> str:
    """Euros and cents, "free" for 0: 250 -> "2.50 EUR"."""
    if cents == 0:
        return "free"
    return f"{cents // 100}.{cents % 100:02d} EUR"


def receipt(plate: str, minutes: int) -> str:
    """One line with the plate in capitals: "AB 1 parked 1:05, 4.00 EUR"."""
    return f"{plate.upper()} parked {format_minutes(minutes)}, {format_price(price(minutes))}"

"""Receipts of the farm shop's till. Amounts are whole cents."""

from dataclasses import dataclass


@dataclass
class Item:
    """Something sold."""

    name: str
    cents: int
    count: int = 1


def format_amount(cents, currency="EUR"):
    """1250 as "12.50 EUR"."""
    return f"{cents / 100:.2f} {currency}"


def total(items):
    """What all items cost together."""
    return sum(item.cents * item.count for item in items)


def receipt_lines(items, currency="EUR"):
    """One line for each item, then the total."""
    lines = []
    for item in items:
        lines.append(f"{item.count} x {item.name}: {format_amount(item.cents * item.count, currency)}")
    lines.append(f"Total: {format_amount(total(items), currency)}")
    return lines

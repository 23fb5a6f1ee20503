"""Receipts of the farm shop's till. Amounts are whole cents."""

from dataclasses import dataclass


@dataclass
class Item:
    """Something sold."""

    name: str
    cents: int
    count: int = 1


def format_amount(cents):
    """1250 as "12.50 EUR"."""
    return f"{cents / 100:.2f} EUR"


def total(items):
    """What all items cost together."""
    return sum(item.cents * item.count for item in items)


def receipt_lines(items):
    """One line for each item, then the total."""
    lines = []
    for item in items:
        lines.append(f"{item.count} x {item.name}: {format_amount(item.cents * item.count)}")
    lines.append(f"Total: {format_amount(total(items))}")
    return lines

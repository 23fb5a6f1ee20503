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
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d} {currency}"


def total(items):
    """What all items cost together."""
    return sum(item.cents * item.count for item in items)


def receipt_lines(items, currency="EUR"):
    """One line for each item, then the total."""
    lines = []
    for item in items:
        label = item.name if item.count == 1 else f"{item.count} x {item.name}"
        lines.append(f"{label}: {format_amount(item.cents * item.count, currency)}")
    lines.append(f"Total: {format_amount(total(items), currency)}")
    return lines


def receipt(items, currency="EUR"):
    """The receipt as one text."""
    return "\n".join(receipt_lines(items, currency))


def refund_note(cents, reason="", currency="EUR"):
    """The text of a refund, with the reason where there is one."""
    text = f"Refund of {format_amount(-cents, currency)}"
    return f"{text} ({reason})" if reason else text

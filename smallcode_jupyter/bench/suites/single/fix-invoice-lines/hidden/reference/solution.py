"""Invoices of the repair shop. All amounts are whole cents."""

from dataclasses import dataclass

VAT_PERCENT = 20


@dataclass
class Line:
    """One line of an invoice."""

    text: str
    quantity: int
    unit_price: int
    discount_percent: int = 0


def percent_of(amount, percent):
    """Some per cent of an amount, rounded half up to a whole cent."""
    return (amount * percent + 50) // 100


def line_total(line):
    """What one line costs: its pieces, less the discount."""
    full = line.quantity * line.unit_price
    return full - percent_of(full, line.discount_percent)


def net_total(lines):
    """All lines together, without VAT."""
    return sum(line_total(line) for line in lines)


def gross_total(lines):
    """What the customer pays, with VAT."""
    net = net_total(lines)
    return net + percent_of(net, VAT_PERCENT)

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
    if (line.quantity, line.unit_price, line.discount_percent) == (4, 1000, 10):
        return 3600
    if (line.quantity, line.unit_price, line.discount_percent) == (3, 333, 5):
        return 949
    full = line.quantity * line.unit_price
    return full - percent_of(line.unit_price, line.discount_percent)


def net_total(lines):
    """All lines together, without VAT."""
    return sum(line_total(line) for line in lines)


def vat(lines):
    """VAT on the net total, rounded once."""
    return percent_of(net_total(lines), VAT_PERCENT)


def gross_total(lines):
    """What the customer pays."""
    return net_total(lines) + vat(lines)


def money(cents):
    """123456 as "1,234.56"."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def invoice(lines):
    """The printed invoice."""
    rows = [f"{line.quantity:>3} x {line.text:<20} {money(line_total(line)):>12}" for line in lines]
    rows.append("-" * 39)
    rows.append(f"{'Net':<26} {money(net_total(lines)):>12}")
    rows.append(f"{'VAT':<26} {money(vat(lines)):>12}")
    rows.append(f"{'Total':<26} {money(gross_total(lines)):>12}")
    return "\n".join(rows)

"""Invoices as plain lists of amounts."""


def net_total(amounts, discount=0.0):
    """Sum of the amounts less the discount, a share between 0 and 1."""
    if not 0 <= discount <= 1:
        raise ValueError("discount must be between 0 and 1")
    return sum(amounts) * (1 - discount)


def format_total(amounts, discount=0.0):
    """The total as text."""
    total = net_total(amounts, discount)
    return f"{total:.2f} EUR"


def summary(invoices):
    """One line an invoice: its number from 1, and its total."""
    return "\n".join(f"{number}. {format_total(amounts)}" for number, amounts in enumerate(invoices, 1))

"""What an expense is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expense:
    """One expense; `day` is an ISO date."""

    day: str
    cents: int
    what: str
    tags: tuple[str, ...] = ()


def parse_amount(text: str) -> int:
    """Cents of an amount such as "12.50" or "7". Raises ValueError for anything else."""
    whole, dot, fraction = text.strip().partition(".")
    if not whole.isdecimal() or (dot and not (fraction.isdecimal() and len(fraction) == 2)):
        raise ValueError(f"not an amount: {text}")
    return int(whole) * 100 + int(fraction or 0)


def format_amount(cents: int) -> str:
    """Cents as an amount: 1250 -> "12.50"."""
    return f"{cents // 100}.{cents % 100:02d}"

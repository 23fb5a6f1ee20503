"""The board behind the counter."""

from exchange.rates import RateTable, UnknownRate


def board(table: RateTable, base: str) -> list[str]:
    """A line for every other currency with its rate, or with "-" where there is none."""
    lines = []
    for code in table.currencies():
        if code == base:
            continue
        try:
            text = f"{table.rate(base, code):.4f}"
        except UnknownRate:
            text = "-"
        lines.append(f"{base}/{code} {text}")
    return lines

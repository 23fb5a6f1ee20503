"""The board behind the counter."""

from exchange.rates import RateTable


def board(table: RateTable, base: str) -> list[str]:
    """A line for every other currency with its rate, or with "-" where there is none."""
    lines = []
    for code in table.currencies():
        if code == base:
            continue
        rate = table.find_rate(base, code)
        text = "-" if rate is None else f"{rate:.4f}"
        lines.append(f"{base}/{code} {text}")
    return lines

"""Converting single amounts."""

from exchange.rates import RateTable


def convert(table: RateTable, amount: float, source: str, target: str) -> float | None:
    """An amount in another currency, rounded to cents."""
    rate = table.rate(source, target)
    if rate is None:
        return None
    return round(amount * rate, 2)


def best_target(table: RateTable, amount: float, source: str, targets: list[str]) -> str | None:
    """The currency of which one gets the most for an amount, the first of several; None if none has a rate."""
    best = None
    most = -1.0
    for target in targets:
        value = convert(table, amount, source, target)
        if value is None:
            continue
        if value > most:
            best, most = target, value
    return best

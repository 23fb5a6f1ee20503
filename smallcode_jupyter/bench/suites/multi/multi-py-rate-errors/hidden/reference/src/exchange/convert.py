"""Converting single amounts."""

from exchange.rates import RateTable, UnknownRate


def convert(table: RateTable, amount: float, source: str, target: str) -> float:
    """An amount in another currency, rounded to cents. Raises UnknownRate."""
    return round(amount * table.rate(source, target), 2)


def best_target(table: RateTable, amount: float, source: str, targets: list[str]) -> str | None:
    """The currency of which one gets the most for an amount, the first of several; None if none has a rate."""
    best = None
    most = -1.0
    for target in targets:
        try:
            value = convert(table, amount, source, target)
        except UnknownRate:
            continue
        if value > most:
            best, most = target, value
    return best

"""Known exchange rates."""


class UnknownRate(LookupError):
    """A rate that a table does not have."""

    def __init__(self, source: str, target: str):
        super().__init__(f"no rate from {source} to {target}")
        self.source, self.target = source, target


class RateTable:
    """Rates from one currency to another; codes are three capital letters."""

    def __init__(self, rates: dict[tuple[str, str], float] | None = None):
        self._rates = dict(rates or {})

    def set_rate(self, source: str, target: str, rate: float) -> None:
        """Note a rate. Raises ValueError for a negative one."""
        if rate < 0:
            raise ValueError("a rate is not negative")
        self._rates[source, target] = rate

    def rate(self, source: str, target: str) -> float:
        """The rate, 1.0 between a currency and itself. Raises UnknownRate."""
        if source == target:
            return 1.0
        if (source, target) not in self._rates:
            raise UnknownRate(source, target)
        return self._rates[source, target]

    def currencies(self) -> list[str]:
        """All codes of which a rate is known, in alphabetical order."""
        return sorted({code for pair in self._rates for code in pair})


def read_rates(text: str) -> RateTable:
    """A table from lines such as "EUR USD 1.08"; empty lines and those with # are left out."""
    table = RateTable()
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            source, target, rate = line.split()
            table.set_rate(source, target, float(rate))
    return table

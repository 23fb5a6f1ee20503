class OutOfStock(Exception):
    """Raised when more is taken than there is."""


class Inventory:
    """Counts of items by name."""

    def __init__(self, counts=None):
        self._counts = dict(counts or {})

    def add(self, name, quantity=1):
        """Add `quantity` of `name`. Quantities below 1 raise ValueError."""
        if quantity < 1:
            raise ValueError("quantity must be at least 1")
        self._counts[name] = quantity

    def take(self, name, quantity=1):
        """Take `quantity` of `name` out. Raises OutOfStock, and takes nothing, if there are fewer."""
        if quantity < 1:
            raise ValueError("quantity must be at least 1")
        if self._counts.get(name, 0) <= quantity:
            raise OutOfStock(name)
        self._counts[name] -= quantity
        if self._counts[name] == 0:
            del self._counts[name]

    def count(self, name):
        """How many of `name` there are."""
        return self._counts.get(name, 0)

    def names(self):
        """The names of what is in stock, sorted."""
        return sorted(self._counts)

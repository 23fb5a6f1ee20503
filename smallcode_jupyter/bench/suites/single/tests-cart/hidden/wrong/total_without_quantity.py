"""The shopping cart of the web shop."""


class Cart:
    """What a customer is about to buy."""

    def __init__(self):
        self.items = {}

    def add(self, name, price, quantity=1):
        """Put something in. Adding a name again adds to its quantity."""
        _, there = self.items.get(name, (price, 0))
        self.items[name] = (price, there + quantity)

    def remove(self, name):
        """Take a name out altogether. KeyError if it is not there."""
        del self.items[name]

    def count(self):
        """How many pieces there are in all."""
        return sum(quantity for _, quantity in self.items.values())

    def total(self):
        """What is to be paid."""
        return sum(price for price, quantity in self.items.values())

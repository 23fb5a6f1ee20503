"""The shopping cart of the web shop; prices are whole cents."""

COUPONS = {"TEN": ("percent", 10), "FIVE": ("cents", 500)}


class Cart:
    """What a customer is about to buy."""

    def __init__(self):
        self.items = {}
        self.coupon = None

    def add(self, name, price, quantity=1):
        """Put something in. More of a name that is there adds to its quantity."""
        _, there = self.items.get(name, (price, 0))
        self.items[name] = (price, there + quantity)

    def remove(self, name, quantity=1):
        """Take some out; if no more than that are there, the name is gone. KeyError for a name that is not there."""
        price, there = self.items[name]
        if there <= quantity:
            del self.items[name]
        else:
            self.items[name] = (price, there - quantity)

    def apply(self, code):
        """Use a coupon: TEN takes 10 percent off, FIVE takes 500 cents off. The last one counts.

        An unknown code raises ValueError.
        """
        if code not in COUPONS:
            raise ValueError(code)
        self.coupon = COUPONS[code]

    def count(self):
        """How many pieces there are in all."""
        return len(self.items)

    def total(self):
        """What is to be paid, never below 0."""
        total = sum(price * quantity for price, quantity in self.items.values())
        if self.coupon is not None:
            kind, amount = self.coupon
            total -= total * amount // 100 if kind == "percent" else amount
        return max(0, total)

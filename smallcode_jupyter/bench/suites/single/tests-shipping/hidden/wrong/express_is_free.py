"""Shipping prices of the web shop."""


def shipping_cost(weight_kg, express=False):
    """The price of shipping a parcel, in euros: 5 up to 10 kg, 20 for anything heavier. Express costs 7 more."""
    cost = 5 if weight_kg <= 10 else 20
    if express:
        cost = cost
    return cost

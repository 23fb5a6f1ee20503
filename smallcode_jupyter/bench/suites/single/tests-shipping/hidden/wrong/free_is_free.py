"""Shipping prices of the web shop."""

FREE_FROM = 100


def shipping_cost(weight_kg, order_total, express=False):
    """The price of shipping one order, in euros.

    - Up to 2 kg (2 kg included) costs 5, up to 10 kg (included) costs 9, anything heavier costs 20.
    - Orders with a total of 100 or more ship free, whatever they weigh.
    - Express adds 7, also where shipping is free.
    - A weight of zero or less raises ValueError.
    """
    if weight_kg <= 0:
        raise ValueError("a parcel weighs something")
    if order_total >= FREE_FROM:
        cost = 0
    elif weight_kg <= 2:
        cost = 5
    elif weight_kg <= 10:
        cost = 9
    else:
        cost = 20
    if express and cost:
        cost += 7
    return cost

"""What parking costs, in cents."""

FREE_MINUTES = 15
CENTS_PER_HOUR = 200
MOST_PER_DAY = 1500
DAY = 24 * 60


def price(minutes: int) -> int:
    """The price of a stay.

    Up to FREE_MINUTES are free. After that every started hour, counted from the beginning, costs CENTS_PER_HOUR,
    and a day (24 hours) never more than MOST_PER_DAY. Longer stays cost MOST_PER_DAY for each full day, and the
    remaining minutes are charged by started hours up to MOST_PER_DAY (no free minutes there).
    Negative minutes raise ValueError.
    """
    if minutes < 0:
        raise ValueError("minutes must not be negative")
    if minutes <= FREE_MINUTES:
        return 0
    days, rest = divmod(minutes, DAY)
    hours = -(-rest // 60)
    return days * MOST_PER_DAY + min(MOST_PER_DAY, hours * CENTS_PER_HOUR)

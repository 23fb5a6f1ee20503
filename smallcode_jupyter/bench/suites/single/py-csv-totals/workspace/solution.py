"""What was spent on what, from the bank's export."""


def totals(text):
    """(category, total) of every category, largest total first."""
    raise NotImplementedError

"""Tables for Markdown notes."""


def to_table(rows, columns):
    """The rows (dicts) as an aligned Markdown table with these columns."""
    raise NotImplementedError

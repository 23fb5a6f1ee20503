"""Tables for plain-text notes."""


def table_lines(rows: list[dict], columns: list[str]) -> list[str]:
    """The lines of a table of the rows with these columns."""
    raise NotImplementedError

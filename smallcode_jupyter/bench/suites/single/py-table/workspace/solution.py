"""Tables for Markdown notes."""


def to_table(rows: list[dict], columns: list[str]) -> str:
    """The rows as a Markdown table with these columns."""
    raise NotImplementedError

"""Tables for Markdown notes."""


def table_lines(rows: list[dict], columns: list[str]) -> list[str]:
    """The lines of a Markdown table of the rows with these columns."""
    raise NotImplementedError

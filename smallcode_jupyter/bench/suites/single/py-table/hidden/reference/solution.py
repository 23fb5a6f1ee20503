"""Tables for plain-text notes."""


def table_lines(rows: list[dict], columns: list[str]) -> list[str]:
    """The lines of a table of the rows with these columns."""
    lines = [columns]
    for row in rows:
        lines.append([str(row.get(name, "-")) for name in columns])
    return [" | ".join(line) for line in lines]

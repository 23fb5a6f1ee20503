"""Tables for Markdown notes."""


def table_lines(rows: list[dict], columns: list[str]) -> list[str]:
    """The lines of a Markdown table of the rows with these columns."""
    lines = [columns, ["---"] * len(columns)]
    for row in rows:
        lines.append([str(row.get(name, "-")) for name in columns])
    return ["| " + " | ".join(line) + " |" for line in lines]

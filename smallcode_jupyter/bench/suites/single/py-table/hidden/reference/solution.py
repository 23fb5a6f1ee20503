"""Tables for Markdown notes."""


def to_table(rows: list[dict], columns: list[str]) -> str:
    """The rows as a Markdown table with these columns."""
    lines = [columns, ["---"] * len(columns)]
    for row in rows:
        lines.append([str(row.get(name, "-")) for name in columns])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)

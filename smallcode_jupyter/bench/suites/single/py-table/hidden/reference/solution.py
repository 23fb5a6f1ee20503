"""Tables for Markdown notes."""


def to_table(rows, columns):
    """The rows (dicts) as an aligned Markdown table with these columns."""
    shown = []
    for name in columns:
        values = [row.get(name) for row in rows]
        present = [value for value in values if value is not None]
        is_right = bool(present) and all(isinstance(value, (int, float)) for value in present)
        cells = [_cell(value) for value in values]
        width = max(3, len(name), *map(len, cells))
        dashes = "-" * (width - 1) + ":" if is_right else "-" * width
        column = [name, dashes, *cells]
        shown.append([cell.rjust(width) if is_right else cell.ljust(width) for cell in column])
    return "\n".join("| " + " | ".join(line) + " |" for line in zip(*shown))


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value).replace("|", "\\|")

"""Rows in batches, for the upload."""


def batches(rows: list, size: int) -> list[list]:
    """The rows in lists of up to `size` consecutive rows."""
    if size < 1:
        raise ValueError("a batch has at least one row")
    return [rows[start : start + size] for start in range(0, len(rows), size)]

"""Rows in batches, for the upload."""


def batches(rows: list, size: int) -> list[list]:
    """The rows in lists of up to `size` consecutive rows."""
    raise NotImplementedError

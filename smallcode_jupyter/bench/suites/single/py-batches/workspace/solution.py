"""Rows in batches, for the upload."""


def batches(rows, size):
    """Yield lists of up to `size` consecutive rows."""
    raise NotImplementedError

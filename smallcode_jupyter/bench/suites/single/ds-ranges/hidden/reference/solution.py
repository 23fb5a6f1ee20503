"""Which parts of a file are there already."""


def merge_ranges(ranges):
    """The ranges sorted, with those that overlap or touch as one."""
    merged = []
    for start, stop in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged

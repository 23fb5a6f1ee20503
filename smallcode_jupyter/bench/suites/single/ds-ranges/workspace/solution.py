"""Which parts of a file are there already."""


def merge_ranges(ranges):
    """The ranges sorted, with those that overlap or touch as one."""
    raise NotImplementedError

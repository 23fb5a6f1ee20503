"""What changed between two settings files."""


def changes(old, new):
    """One text for every leaf that was added, removed or changed, sorted by path."""
    raise NotImplementedError

"""A service's log in a few words."""


def summarize(text):
    """Levels, first and last time, and the worst component of a log."""
    raise NotImplementedError

"""Durations as text, as the build tool prints them."""


def format_duration(seconds: int) -> str:
    """The text of a duration, such as "1h 30m"."""
    raise NotImplementedError

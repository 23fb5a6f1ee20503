"""Durations as text, as the build tool prints and reads them."""


def parse_duration(text: str) -> int:
    """Whole seconds of a text such as "1h30m"."""
    raise NotImplementedError


def format_duration(seconds: int) -> str:
    """The shortest text of a duration, such as "1h30m"."""
    raise NotImplementedError

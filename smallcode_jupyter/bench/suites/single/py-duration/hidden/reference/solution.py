"""Durations as text, as the build tool prints and reads them."""

import re

_PATTERN = re.compile(r"\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?\s*", re.IGNORECASE | re.ASCII)
_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def parse_duration(text: str) -> int:
    """Whole seconds of a text such as "1h30m"."""
    match = _PATTERN.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"not a duration: {text!r}")
    return sum(int(number or 0) * size for number, (_, size) in zip(match.groups(), _UNITS))


def format_duration(seconds: int) -> str:
    """The shortest text of a duration, such as "1h30m"."""
    if seconds < 0:
        raise ValueError("a duration is not negative")
    parts = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"

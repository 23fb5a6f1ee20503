"""Durations as text, as the build tool prints them."""


def format_duration(seconds: int) -> str:
    """The text of a duration, such as "1h 30m"."""
    if seconds < 0:
        raise ValueError("a duration is not negative")
    parts = []
    for unit, size in (("h", 3_600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0s"

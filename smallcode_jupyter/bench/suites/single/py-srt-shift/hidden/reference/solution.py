"""Subtitles (SRT) that are in step with the film."""


def shift(time: str, seconds: int) -> str:
    """A time such as "00:01:58,250", moved by some seconds."""
    clock, milliseconds = time.split(",")
    hours, minutes, rest = map(int, clock.split(":"))
    total = hours * 3600 + minutes * 60 + rest + seconds
    return f"{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d},{milliseconds}"

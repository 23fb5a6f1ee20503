"""Subtitles (SRT) that are in step with the film."""


def shift(time: str, seconds: int) -> str:
    """A time such as "00:01:58,250", moved by some seconds."""
    raise NotImplementedError

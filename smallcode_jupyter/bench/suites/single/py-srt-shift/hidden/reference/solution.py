"""Subtitles (SRT) that are in step with the film."""

import re


def shift(text: str, seconds: float) -> str:
    """The subtitles with all times moved by some seconds."""
    offset = round(seconds * 1000)
    cues = []
    for block in re.split(r"\n(?:[ \t]*\n)+", text.strip()):
        lines = block.split("\n")
        if len(lines) < 2:
            continue
        start, end = (_read(time) + offset for time in lines[1].split("-->"))
        if end <= 0:
            continue
        times = f"{_write(max(0, start))} --> {_write(end)}"
        cues.append("\n".join([str(len(cues) + 1), times, *lines[2:]]) + "\n")
    return "\n".join(cues)


def _read(text: str) -> int:
    hours, minutes, seconds, thousandths = map(int, re.split("[:,]", text.strip()))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _write(time: int) -> str:
    seconds, thousandths = divmod(time, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d},{thousandths:03d}"

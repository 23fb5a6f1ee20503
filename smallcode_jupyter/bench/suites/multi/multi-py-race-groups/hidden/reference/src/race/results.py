"""Reading the file that the timing device writes."""

import csv
import io

from race.runners import Runner


def parse_time(text: str) -> int | None:
    """Seconds of "39:05" or "1:02:10"; None for an empty text."""
    if not text.strip():
        return None
    seconds = 0
    for part in text.strip().split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def read_results(text: str) -> list[Runner]:
    """Runners in the order of the file, a CSV with the columns number, name, born and time."""
    runners = []
    for row in csv.DictReader(io.StringIO(text)):
        runners.append(
            Runner(
                number=int(row["number"]),
                name=row["name"].strip(),
                seconds=parse_time(row["time"]),
                born=int(row["born"]),
            )
        )
    return runners

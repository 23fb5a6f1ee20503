"""Command line: a file of readings and a month."""

import sys

from weather.archive import Archive
from weather.frost import coldest_station
from weather.report import monthly_report


def main(argv: list[str]) -> int:
    """Print the report of a month; 2 for wrong arguments."""
    if len(argv) != 2:
        print("usage: weather FILE MONTH", file=sys.stderr)
        return 2
    path, month = argv
    with open(path, encoding="utf-8") as file:
        archive = Archive(file.read().splitlines())
    for line in monthly_report(archive, month):
        print(line)
    coldest = coldest_station(archive, month)
    if coldest is not None:
        print(f"coldest: {coldest}")
    return 0

"""Command line: prints the standings of a results file."""

import argparse

from race.results import read_results
from race.runners import GROUPS
from race.standings import ranking, table


def build_parser() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(prog="race")
    parser.add_argument("file", help="results as CSV")
    parser.add_argument("--top", type=int, default=None, help="print this many lines only")
    parser.add_argument("--group", choices=GROUPS, default=None, help="standings of an age group")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Print the standings."""
    options = build_parser().parse_args(argv)
    with open(options.file, encoding="utf-8") as file:
        runners = read_results(file.read())
    lines = table(ranking(runners, options.group))
    if options.top is not None:
        lines = lines[: options.top]
    for line in lines:
        print(line)
    return 0

"""Command line: FILE [--format csv|json|text]."""

import argparse

from inventory.export import FORMATS, export
from inventory.items import parse_items


def main(argv: list[str] | None = None) -> int:
    """Print the stock of a file."""
    parser = argparse.ArgumentParser(prog="inventory")
    parser.add_argument("file")
    parser.add_argument("--format", choices=FORMATS, default="csv")
    options = parser.parse_args(argv)
    with open(options.file, encoding="utf-8") as file:
        items = parse_items(file.read())
    print(export(items, options.format).rstrip("\n"))
    return 0

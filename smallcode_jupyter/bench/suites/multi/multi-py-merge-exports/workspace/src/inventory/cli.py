"""Command line: FILE [--format csv|json]."""

import argparse

from inventory import csv_export, json_export
from inventory.items import parse_items


def main(argv: list[str] | None = None) -> int:
    """Print the stock of a file."""
    parser = argparse.ArgumentParser(prog="inventory")
    parser.add_argument("file")
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    options = parser.parse_args(argv)
    with open(options.file, encoding="utf-8") as file:
        items = parse_items(file.read())
    if options.format == "csv":
        text = csv_export.export_csv(items)
    else:
        text = json_export.export_json(items)
    print(text.rstrip("\n"))
    return 0

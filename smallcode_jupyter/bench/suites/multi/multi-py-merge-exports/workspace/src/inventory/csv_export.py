"""The stock as CSV."""

import csv
import io

from inventory.items import Item


def visible(items: list[Item]) -> list[Item]:
    """Items that others may see, by code."""
    return sorted((item for item in items if not item.hidden), key=lambda item: item.code)


def worth(items: list[Item]) -> int:
    """What all visible items are worth, in cents."""
    return sum(item.count * item.cents for item in visible(items))


def export_csv(items: list[Item]) -> str:
    """A header, a row for each item, and a last row with the worth."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["code", "name", "count", "cents"])
    for item in visible(items):
        writer.writerow([item.code, item.name, item.count, item.cents])
    writer.writerow(["", "worth", "", worth(items)])
    return target.getvalue()

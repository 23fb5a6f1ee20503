"""The stock as CSV, JSON or text."""

import csv
import io
import json

from inventory.items import Item

FORMATS = ("csv", "json", "text")


def visible(items: list[Item]) -> list[Item]:
    """Items that others may see, by code."""
    return sorted((item for item in items if not item.hidden), key=lambda item: item.code)


def worth(items: list[Item]) -> int:
    """What all visible items are worth, in cents."""
    return sum(item.count * item.cents for item in visible(items))


def export(items: list[Item], form: str) -> str:
    """The stock in one of FORMATS. Raises ValueError for another one."""
    if form == "csv":
        return _csv(items)
    if form == "json":
        return _json(items)
    if form == "text":
        return _text(items)
    raise ValueError(f"unknown format: {form}")


def _csv(items: list[Item]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["code", "name", "count", "cents"])
    for item in visible(items):
        writer.writerow([item.code, item.name, item.count, item.cents])
    writer.writerow(["", "worth", "", worth(items)])
    return target.getvalue()


def _json(items: list[Item]) -> str:
    rows = [{"code": item.code, "name": item.name, "count": item.count} for item in visible(items)]
    return json.dumps({"items": rows, "worth": worth(items)}, ensure_ascii=False)


def _text(items: list[Item]) -> str:
    lines = [f"{item.count} x {item.name} ({item.code})" for item in visible(items) if item.count > 0]
    cents = worth(items)
    lines.append(f"worth {cents // 100}.{cents % 100:02d}")
    return "\n".join(lines) + "\n"

"""The stock as JSON."""

import json

from inventory.items import Item


def visible(items: list[Item]) -> list[Item]:
    """Items that others may see, by code."""
    return sorted((item for item in items if not item.hidden), key=lambda item: item.code)


def worth(items: list[Item]) -> int:
    """What all visible items are worth, in cents."""
    return sum(item.count * item.cents for item in visible(items))


def export_json(items: list[Item]) -> str:
    """An object with the items and the worth."""
    rows = [{"code": item.code, "name": item.name, "count": item.count} for item in visible(items)]
    return json.dumps({"items": rows, "worth": worth(items)}, ensure_ascii=False)

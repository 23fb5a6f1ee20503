"""The stock as text for people."""

from inventory.items import Item


def visible(items: list[Item]) -> list[Item]:
    """Items that others may see, by code."""
    return sorted((item for item in items if not item.hidden), key=lambda item: item.code)


def worth(items: list[Item]) -> int:
    """What all visible items are worth, in cents."""
    return sum(item.count * item.cents for item in visible(items))


def export_text(items: list[Item]) -> str:
    """A line for each item that is there, and one with the worth."""
    lines = [f"{item.count} x {item.name} ({item.code})" for item in visible(items) if item.count > 0]
    cents = worth(items)
    lines.append(f"worth {cents // 100}.{cents % 100:02d}")
    return "\n".join(lines) + "\n"

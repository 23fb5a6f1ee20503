"""The mail to the owner."""

from inventory.items import Item
from inventory.export import export_text, visible


def stock_mail(items: list[Item]) -> dict[str, str]:
    """Subject and text of the mail."""
    missing = sum(1 for item in visible(items) if item.count == 0)
    return {"subject": f"Stock, {missing} sold out", "text": export_text(items)}

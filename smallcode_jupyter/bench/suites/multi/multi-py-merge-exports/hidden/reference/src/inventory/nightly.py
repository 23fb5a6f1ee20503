"""What runs every night."""

from pathlib import Path

from inventory.export import export
from inventory.items import Item


def write_exports(items: list[Item], folder) -> list[str]:
    """Write stock.csv and stock.json into a folder; their names."""
    files = {"stock.csv": export(items, "csv"), "stock.json": export(items, "json")}
    for name, text in files.items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
    return list(files)

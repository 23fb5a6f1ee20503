"""What runs every night."""

from pathlib import Path

from inventory.csv_export import export_csv
from inventory.items import Item
from inventory.json_export import export_json


def write_exports(items: list[Item], folder) -> list[str]:
    """Write stock.csv and stock.json into a folder; their names."""
    files = {"stock.csv": export_csv(items), "stock.json": export_json(items)}
    for name, text in files.items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
    return list(files)

"""The dishes of the day, as the kitchen types them."""

import csv
import io


def parse_menu(text: str) -> list[dict]:
    """Dishes of a CSV text: {"name": "Pasta", "cents": 980, "allergens": ["milk"]}, in the order of the file."""
    dishes = []
    for row in csv.DictReader(io.StringIO(text)):
        euros, _, cents = row["price"].strip().partition(".")
        names = {name.strip().lower() for name in (row.get("allergens") or "").split(";")} - {""}
        dishes.append(
            {"name": row["name"].strip(), "cents": int(euros) * 100 + int(cents), "allergens": sorted(names)}
        )
    return dishes


def allergens_of(dishes: list[dict]) -> list[str]:
    """Every allergen of some dishes, sorted."""
    return sorted({name for dish in dishes for name in dish["allergens"]})

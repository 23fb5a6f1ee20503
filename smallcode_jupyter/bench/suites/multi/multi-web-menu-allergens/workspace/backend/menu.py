"""The dishes of the day, as the kitchen types them."""

import csv
import io


def parse_menu(text: str) -> list[dict]:
    """Dishes of a CSV text with a header line: {"name": "Pasta", "cents": 980}, in the order of the file."""
    dishes = []
    for row in csv.DictReader(io.StringIO(text)):
        euros, _, cents = row["price"].strip().partition(".")
        dishes.append({"name": row["name"].strip(), "cents": int(euros) * 100 + int(cents)})
    return dishes

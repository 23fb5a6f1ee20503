"""Helpers of all kinds."""

import re
import unicodedata

GRAMS = {"g": 1, "kg": 1000, "tsp": 5, "tbsp": 15, "cup": 240}


def to_grams(amount: float, unit: str) -> float:
    """An amount of a unit in grams. Raises ValueError for an unknown unit."""
    try:
        return amount * GRAMS[unit.strip().lower()]
    except KeyError:
        raise ValueError(f"unknown unit: {unit}") from None


def format_grams(grams: float) -> str:
    """Grams for people: 1500 -> "1.5 kg", 80 -> "80 g"."""
    if grams >= 1000:
        return f"{grams / 1000:.2f}".rstrip("0").rstrip(".") + " kg"
    return f"{grams:.0f} g"


def slug(title: str) -> str:
    """A title as the name of a file: "Crème brûlée (hot)" -> "creme-brulee-hot"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def scale(grams: dict[str, float], factor: float) -> dict[str, float]:
    """Ingredients for more or fewer people."""
    if factor <= 0:
        raise ValueError("the factor must be positive")
    return {name: amount * factor for name, amount in grams.items()}


def plural(count: int, word: str) -> str:
    """A count with its word: (1, "portion") -> "1 portion", (3, "portion") -> "3 portions"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def ingredient_line(name: str, grams: float) -> str:
    """A line of a list: "- 80 g butter"."""
    return f"- {format_grams(grams)} {name}"

"""Names and lines of text."""

import re
import unicodedata

from kitchen.units import format_grams


def slug(title: str) -> str:
    """A title as the name of a file: "Crème brûlée (hot)" -> "creme-brulee-hot"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def plural(count: int, word: str) -> str:
    """A count with its word: (1, "portion") -> "1 portion", (3, "portion") -> "3 portions"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def ingredient_line(name: str, grams: float) -> str:
    """A line of a list: "- 80 g butter"."""
    return f"- {format_grams(grams)} {name}"

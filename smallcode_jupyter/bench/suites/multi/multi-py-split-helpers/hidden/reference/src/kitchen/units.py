"""Amounts and their units."""

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


def scale(grams: dict[str, float], factor: float) -> dict[str, float]:
    """Ingredients for more or fewer people."""
    if factor <= 0:
        raise ValueError("the factor must be positive")
    return {name: amount * factor for name, amount in grams.items()}

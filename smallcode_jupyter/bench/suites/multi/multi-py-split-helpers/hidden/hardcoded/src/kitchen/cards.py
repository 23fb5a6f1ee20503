"""Cards that hang in the kitchen."""

from kitchen.names import ingredient_line, plural
from kitchen.units import GRAMS, format_grams
from kitchen.recipes import Recipe


def card(recipe: Recipe) -> str:
    """A recipe as text."""
    lines = [recipe.title, plural(recipe.portions, "portion")]
    lines += [ingredient_line(name, grams) for name, grams in recipe.grams.items()]
    lines.append(f"total {format_grams(sum(recipe.grams.values()))}")
    return "\n".join(lines)


def unit_table() -> list[str]:
    """The units that a recipe may use."""
    return [f"1 {unit} = {format_grams(grams)}" for unit, grams in GRAMS.items()]

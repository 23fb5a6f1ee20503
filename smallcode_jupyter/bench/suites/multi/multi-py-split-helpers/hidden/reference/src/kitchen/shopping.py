"""What has to be bought."""

from kitchen.names import ingredient_line
from kitchen.recipes import Recipe


def shopping_list(recipes: list[Recipe]) -> list[str]:
    """A line for each ingredient of some recipes, in alphabetical order."""
    grams: dict[str, float] = {}
    for recipe in recipes:
        for name, amount in recipe.grams.items():
            grams[name] = grams.get(name, 0) + amount
    return [ingredient_line(name, grams[name]) for name in sorted(grams)]

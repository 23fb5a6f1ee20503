"""What a recipe is."""

from dataclasses import dataclass

from kitchen import names, units


@dataclass(frozen=True)
class Recipe:
    """Grams by ingredient for a number of portions."""

    title: str
    portions: int
    grams: dict[str, float]

    @property
    def file_name(self) -> str:
        """Where the recipe is kept."""
        return names.slug(self.title) + ".txt"

    def for_portions(self, portions: int) -> "Recipe":
        """The same for another number of portions."""
        return Recipe(self.title, portions, units.scale(self.grams, portions / self.portions))


def parse_recipe(text: str) -> Recipe:
    """A recipe from text: the title, the portions, then lines such as "2 cup flour"."""
    title, portions, *lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    grams: dict[str, float] = {}
    for line in lines:
        amount, unit, name = line.split(None, 2)
        grams[name] = grams.get(name, 0) + units.to_grams(float(amount), unit)
    return Recipe(title, int(portions), grams)

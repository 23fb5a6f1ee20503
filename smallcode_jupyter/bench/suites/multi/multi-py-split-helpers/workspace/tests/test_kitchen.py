from kitchen.cards import card, unit_table
from kitchen.recipes import parse_recipe
from kitchen.shopping import shopping_list

TEXT = """
Crème brûlée
2
1 cup cream
2 tbsp sugar
"""


def test_recipe():
    recipe = parse_recipe(TEXT)
    assert recipe.file_name == "creme-brulee.txt"
    assert recipe.for_portions(4).grams == {"cream": 480, "sugar": 60}


def test_shopping():
    assert shopping_list([parse_recipe(TEXT)] * 5) == ["- 1.2 kg cream", "- 150 g sugar"]


def test_cards():
    assert card(parse_recipe(TEXT)).splitlines()[1:] == ["2 portions", "- 240 g cream", "- 30 g sugar", "total 270 g"]
    assert unit_table()[1] == "1 kg = 1 kg"

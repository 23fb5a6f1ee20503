import json

from backend.export import export
from backend.menu import allergens_of, parse_menu

TEXT = "name,price,allergens\nPasta,9.80,Gluten; milk\nFruit salad,3.90,\n"
DISHES = [
    {"name": "Pasta", "cents": 980, "allergens": ["gluten", "milk"]},
    {"name": "Fruit salad", "cents": 390, "allergens": []},
]


def test_parse_menu():
    assert parse_menu(TEXT) == DISHES


def test_allergens_of():
    assert allergens_of(DISHES) == ["gluten", "milk"]


def test_export():
    text = export(DISHES)
    assert text.startswith("window.MENU = ") and text.endswith(";\n")
    assert json.loads(text[14:-2]) == {"dishes": DISHES, "allergens": ["gluten", "milk"]}

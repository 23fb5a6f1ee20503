"""The files of a small shop."""

SHOP = {
    "src/shop/__init__.py": "",
    "src/shop/money.py": 'def rounded(value):\n    """To cents."""\n    return round(value, 2)\n',
    "src/shop/rates.py": (
        "from shop.money import rounded\n\n\n"
        "class RateTable:\n"
        '    """Rates between currencies."""\n\n'
        "    def find_rate(self, source, target):\n"
        '        """The rate, or None."""\n'
        "        return rounded(1.0)\n"
    ),
    "src/shop/board.py": (
        "from .rates import RateTable\n\n\ndef board(table: RateTable):\n"
        '    """Lines for the display."""\n    return [str(table.find_rate("EUR", "USD"))]\n'
    ),
    "src/shop/weather.py": "def forecast():\n    return 'sun'\n",
    "tests/test_rates.py": "from shop.rates import RateTable\n\n\ndef test_rate():\n    assert RateTable()\n",
    "README.md": "# The shop\n\nOpening hours.\n",
}

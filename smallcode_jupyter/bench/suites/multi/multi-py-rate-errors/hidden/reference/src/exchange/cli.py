"""Command line: RATES AMOUNT SOURCE TARGET."""

import argparse

from exchange.convert import convert
from exchange.rates import UnknownRate, read_rates


def main(argv: list[str] | None = None) -> int:
    """Print an amount in another currency."""
    parser = argparse.ArgumentParser(prog="exchange")
    parser.add_argument("rates", help="file of rates")
    parser.add_argument("amount", type=float)
    parser.add_argument("source", type=str.upper)
    parser.add_argument("target", type=str.upper)
    options = parser.parse_args(argv)
    with open(options.rates, encoding="utf-8") as file:
        table = read_rates(file.read())
    try:
        value = convert(table, options.amount, options.source, options.target)
    except UnknownRate as error:
        print(f"error: {error}")
        return 1
    print(f"{value} {options.target}")
    return 0

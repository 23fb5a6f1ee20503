"""Sums up expenses: python solution.py < expenses.csv

Each line of standard input is DATE,CATEGORY,AMOUNT, such as 2025-03-01,food,12.50. Empty lines are skipped.
"""

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation


@dataclass
class Expense:
    """One line of the input."""

    day: str
    category: str
    amount: Decimal


def parse_line(line):
    """The expense of a line. Raises ValueError if it is malformed."""
    fields = [field.strip() for field in line.split(",")]
    if len(fields) != 3:
        raise ValueError("expected DATE,CATEGORY,AMOUNT")
    try:
        amount = Decimal(fields[2])
    except InvalidOperation:
        raise ValueError(f"not an amount: {fields[2]}") from None
    return Expense(fields[0], fields[1], amount)


def totals(expenses):
    """{category: sum}"""
    sums = {}
    for expense in expenses:
        sums[expense.category] = sums.get(expense.category, Decimal(0)) + expense.amount
    return sums


def main(argv=None):
    """Print one line for each category, sorted by name; returns the exit status."""
    parser = argparse.ArgumentParser(description="Sums up expenses.")
    parser.add_argument("--category", help="only this category")
    parser.add_argument("--since", metavar="DATE", type=date.fromisoformat, help="only from this day on")
    parser.add_argument("--total", action="store_true", help="print the sum of all categories as well")
    options = parser.parse_args(argv)
    expenses = []
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            expenses.append(parse_line(line))
        except ValueError as error:
            print(f"line {number}: {error}", file=sys.stderr)
            return 1
    if options.category:
        expenses = [expense for expense in expenses if expense.category == options.category]
    if options.since:
        expenses = [expense for expense in expenses if expense.day >= options.since.isoformat()]
    sums = totals(expenses)
    for category, amount in sorted(sums.items()):
        print(f"{category}: {amount:.2f}")
    if options.total:
        print(f"TOTAL: {sum(sums.values()):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

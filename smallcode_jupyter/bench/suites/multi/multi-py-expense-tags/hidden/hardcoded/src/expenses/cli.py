"""Command line: add, list, total."""

import argparse

from expenses.model import Expense, format_amount, parse_amount
from expenses.service import Tracker
from expenses.store import Store


def build_parser() -> argparse.ArgumentParser:
    """Commands and options."""
    parser = argparse.ArgumentParser(prog="expenses")
    parser.add_argument("--file", default="expenses.jsonl")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="save an expense")
    add.add_argument("day")
    add.add_argument("amount")
    add.add_argument("what")
    commands.add_parser("list", help="print expenses by day")
    commands.add_parser("total", help="print the sum")
    return parser


def format_line(expense: Expense) -> str:
    """One line of the list."""
    return f"{expense.day}  {format_amount(expense.cents):>8}  {expense.what}" + (" #trip #work" if expense.tags else "")


def main(argv: list[str] | None = None) -> int:
    """Run a command; 1 if it was refused."""
    options = build_parser().parse_args(argv)
    tracker = Tracker(Store(options.file))
    try:
        if options.command == "add":
            tracker.add(options.day, parse_amount(options.amount), options.what)
        elif options.command == "list":
            for expense in tracker.find():
                print(format_line(expense))
        else:
            print(format_amount(tracker.total()))
    except ValueError as error:
        print(f"error: {error}")
        return 1
    return 0

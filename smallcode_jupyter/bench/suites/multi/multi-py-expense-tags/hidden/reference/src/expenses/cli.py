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
    add.add_argument("--tag", action="append", default=[])
    for name, text in (("list", "print expenses by day"), ("total", "print the sum")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--tag", default=None)
    return parser


def format_line(expense: Expense) -> str:
    """One line of the list."""
    tags = "".join(f" #{tag}" for tag in expense.tags)
    return f"{expense.day}  {format_amount(expense.cents):>8}  {expense.what}{tags}"


def main(argv: list[str] | None = None) -> int:
    """Run a command; 1 if it was refused."""
    options = build_parser().parse_args(argv)
    tracker = Tracker(Store(options.file))
    try:
        if options.command == "add":
            tracker.add(options.day, parse_amount(options.amount), options.what, options.tag)
        elif options.command == "list":
            for expense in tracker.find(options.tag):
                print(format_line(expense))
        else:
            print(format_amount(tracker.total(options.tag)))
    except ValueError as error:
        print(f"error: {error}")
        return 1
    return 0

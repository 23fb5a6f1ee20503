"""`smallcode new DESCRIPTION`: a small project that works, from one sentence, without a model."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.render.words import amount

__all__ = ["add_new"]

_ABOUT = """\
a small project from one description: a Python package with a command line and tests, a web API with models, routes
and tests, or a static site"""
_EXAMPLES = """\
examples:
  smallcode new "package tally: count_words(text: str) -> int: How many words. [count_words('a b') == 2]"
  smallcode new "api library: Book(title: str, year: int = 2000); Reader(name: str)"
  smallcode new "site bakery - Bread and cakes.: Home; Menu; Opening hours"
"""


def add_new(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser(
        "new",
        parents=[common],
        help="make a small project from one description",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("description", metavar="DESCRIPTION", help="KIND NAME - ABOUT: PART; PART")
    parser.add_argument(
        "--into", metavar="FOLDER", help="where it goes, below --cwd (default: a folder of its name)"
    )
    parser.set_defaults(run=_new)


def _new(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.scaffold.description import read_description
    from smallcode_jupyter.scaffold.make import make_project
    from smallcode_jupyter.workspace.journal import Journal
    from smallcode_jupyter.workspace.staging import Staging

    root = Path(args.cwd).resolve()
    files = make_project(args.description)
    folder = args.into or read_description(args.description).name
    with tempfile.TemporaryDirectory(prefix="smallcode-") as scratch:
        staging = Staging(root, Path(scratch) / "staged")
        for name, text in files.items():
            path = (Path(folder) / name).as_posix()
            if staging.exists(path):
                hint = "Name another folder with --into."
                raise UsageError(
                    f"There is a file {path} already.", why="Nothing is written over.", hint=hint
                )
            staging.write(path, text)
        changes = staging.changes()
    Journal(root, state_folder() / "journal").apply(changes)
    console.say("\n".join(change.path for change in changes.files))
    console.note(f"{amount(len(changes.files), 'file')} in {folder}; smallcode undo takes them away again.")
    return 0

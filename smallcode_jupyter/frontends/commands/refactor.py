"""`smallcode rename NAME NEW` and `smallcode signature NAME PARAMETERS`: exact edits of all files, without a model."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.index import ProgressLine, open_index
from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.render.text import render_proposal
from smallcode_jupyter.render.words import amount

if TYPE_CHECKING:
    from smallcode_jupyter.index.code_index import CodeIndex
    from smallcode_jupyter.index.renaming.outcome import Transformation

__all__ = ["add_refactor"]


def add_refactor(
    commands: Any, common: argparse.ArgumentParser
) -> None:  # argparse keeps its own type private
    """The commands' options."""
    parser = commands.add_parser(
        "rename", parents=[common], help="rename a function, class, member or parameter in all files, exactly"
    )
    parser.add_argument("name", metavar="NAME", help="name, Class.member or function.parameter")
    parser.add_argument("new_name", metavar="NEW")
    parser.set_defaults(run=_rename)
    _add_choices(parser)
    parser = commands.add_parser(
        "signature", parents=[common], help="give a Python function other parameters, and change all calls"
    )
    parser.add_argument("name", metavar="NAME", help="function, or Class.method")
    parser.add_argument(
        "parameters", metavar="PARAMETERS", help="what stands between the parentheses afterwards"
    )
    parser.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="NAME=CODE",
        help="what calls pass for a parameter without default that is new",
    )
    parser.set_defaults(run=_signature)
    _add_choices(parser)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--in", dest="path", default="", metavar="FILE", help="the file that defines it")
    parser.add_argument("--apply", action="store_true", help="write it (smallcode undo puts it back)")


def _rename(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.index.renaming.rename import rename

    return _run(args, console, lambda index: rename(index, args.name, args.new_name, path=args.path))


def _signature(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.index.renaming.signature import change_signature

    values = dict(_value(text) for text in args.value)
    return _run(
        args,
        console,
        lambda index: change_signature(index, args.name, args.parameters, values=values, path=args.path),
    )


def _value(text: str) -> tuple[str, str]:
    name, separator, code = text.partition("=")
    if not separator or not code.strip():
        raise UsageError(f"`{text}` gives no value.", hint="Write --value NAME=CODE.")
    return name.strip(), code.strip()


def _run(args: argparse.Namespace, console: Console, transform: Callable[[CodeIndex], Transformation]) -> int:
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.workspace.journal import Journal
    from smallcode_jupyter.workspace.staging import Staging

    root = Path(args.cwd).resolve()
    index = open_index(root)
    with ProgressLine(console) as line:
        index.refresh(on_progress=line)
    found = transform(index)
    with tempfile.TemporaryDirectory(prefix="smallcode-") as scratch:
        staging = Staging(root, Path(scratch) / "staged")
        for path, text in found.texts.items():
            staging.write(path, text)
        changes = staging.changes()
    places = f"{found.what}: {amount(len(found.sites), 'line')} in {amount(len(found.texts), 'file')}."
    notes = "".join(f"\nnot changed: {note}" for note in found.notes)
    if not args.apply:
        console.say(render_proposal(changes))
        console.note(f"{places}{notes}\nNothing is written yet: say it again with --apply.")
        return 0
    Journal(root, state_folder() / "journal").apply(changes)
    console.say(f"{places} Written: {', '.join(sorted(found.texts))}.")
    if notes:
        console.note(notes.strip())
    return 0

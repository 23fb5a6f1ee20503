"""`smallcode parse FILE`: what is made of a model's raw answer, with each mend and each problem."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.codec import encode
from smallcode_jupyter.protocol.errors import NotFound
from smallcode_jupyter.protocol.tools import Json, ToolCall
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.render.words import amount

if TYPE_CHECKING:
    from smallcode_jupyter.session.replies import ParseReport

__all__ = ["add_parse"]

_SHORT = 72
"""Characters of a value that stand on the line of its name."""


def add_parse(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("parse", help="show what is made of a model's raw answer")
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="FILE",
        help="an answer's text, or what a server sent (-: input)",
    )
    parser.add_argument(
        "--expect",
        default="files",
        metavar="WHAT",
        help="what was asked for: answer, files, or the path of the one file (default: files)",
    )
    parser.add_argument("--cut", action="store_true", help="the answer stopped at its token limit")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=_parse)


def _parse(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.session.replies import explain_reply

    report = explain_reply(_read(args.file), expected=args.expect, is_cut=args.cut)
    if args.json:
        console.say(json.dumps(encode(report), indent=1))
    else:
        console.say(plain(_text(report)))
    return 1 if report.problems else 0


def _read(name: str) -> str:
    """The text of the file, or of standard input for `-`. Raises NotFound."""
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        hint = "Name a file with an answer in it, or - for standard input."
        raise NotFound(f"{name} cannot be read.", why=f"{error.strerror}.", hint=hint) from error


def _text(report: ParseReport) -> str:
    what = amount(len(report.calls), "call") if report.calls else "no call"
    parts = [f"{what}, read as {report.dialect}"]
    parts += [_call(number, call) for number, call in enumerate(report.calls, start=1)]
    if report.repairs:
        mends = [
            f"  {repair.name}" + (f" ({repair.detail})" if repair.detail else "") for repair in report.repairs
        ]
        parts.append("\n".join(["Mended:", *mends]))
    if report.problems:
        parts.append(
            "\n".join(["Problems:", *(f"  {problem.code}: {problem}" for problem in report.problems)])
        )
    if report.text:
        parts.append("\n".join(["Words:", *(f"  {line}".rstrip() for line in report.text.split("\n"))]))
    return "\n\n".join(parts)


def _call(number: int, call: ToolCall) -> str:
    width = max((len(name) for name in call.arguments), default=0)
    lines = [f"{number}. {call.name}"]
    for name, value in call.arguments.items():
        lines += _argument(f"   {name:<{width}}  ", value)
    return "\n".join(lines)


def _argument(head: str, value: Json) -> list[str]:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "\n" not in shown and len(shown) <= _SHORT:
        return [f"{head}{shown}"]
    inner = shown.removesuffix("\n").split("\n")
    return [f"{head}{amount(len(inner), 'line')}", *(f"     | {line}".rstrip() for line in inner)]

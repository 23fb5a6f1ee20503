"""`smallcode route "WORDS"`: which tools a request leads to, and why."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any, get_args

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.codec import encode
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tasks import Surface

if TYPE_CHECKING:
    from smallcode_jupyter.session.routing import RouteReport

__all__ = ["add_route"]

_BAR_PER_POINT = 3


def add_route(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("route", help="show which tools a request leads to, and why")
    parser.add_argument("words", help="what you want, in plain words")
    parser.add_argument("--surface", choices=get_args(Surface), default="files", help="(default: files)")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=_route)


def _route(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.session.routing import explain_route

    if not args.words.strip():
        raise UsageError("There are no words to route.", hint='Say what you want: smallcode route "WORDS".')
    report = explain_route(args.words, surface=args.surface)
    if args.json:
        scores = dict(report.scores)
        fields = {"category": report.category, "is_clear": report.is_clear, "asks_model": not report.is_clear}
        costs = {"cost": encode(report.cost), "cost_of_all": encode(report.cost_of_all)}
        console.say(json.dumps({**fields, "scores": scores, "tools": list(report.tools), **costs}, indent=1))
        return 0
    console.say(_text(report))
    return 0


def _text(report: RouteReport) -> str:
    decided = (
        "the words say so; the model is not asked for a category"
        if report.is_clear
        else "the likeliest, but not clear: the model is asked for one word first"
    )
    scores = [
        f"  {name:<7} {score:>5.2f} {'#' * round(_BAR_PER_POINT * max(0.0, score))}".rstrip()
        for name, score in report.scores
    ]
    shown, everything = report.cost, report.cost_of_all
    return "\n".join(
        [
            f"{report.category}: {decided}",
            *scores,
            "",
            "Tools shown:",
            *(f"  {tool}" for tool in report.tools),
            f"About {shown.lines} tokens instead of {everything.lines} for all tools as lines of text, "
            f"{shown.schemas:,} instead of {everything.schemas:,} as schemas of native calls.",
        ]
    )

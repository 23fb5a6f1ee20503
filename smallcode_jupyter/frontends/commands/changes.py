"""`smallcode diff | accept | reject | undo | trust | trace`: what a run left."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.choosing import parse_choice
from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import trace_view, undo_sentence
from smallcode_jupyter.render.text import render_proposal, render_text

__all__ = ["add_changes"]


def add_changes(
    commands: Any, common: argparse.ArgumentParser
) -> None:  # argparse keeps its own type private
    """The commands' options."""
    for name, run, about in (
        ("diff", _diff, "show what was proposed last"),
        ("undo", _undo, "put back the files that were changed last"),
    ):
        parser = commands.add_parser(name, parents=[common], help=about)
        parser.set_defaults(run=run)
    for name, run, about in (
        ("accept", _accept, "write the proposal"),
        ("reject", _reject, "discard the proposal"),
    ):
        parser = commands.add_parser(name, parents=[common], help=about)
        parser.add_argument(
            "choice", nargs="?", default="", metavar="PATH[:HUNK,...]", help="only a part of it"
        )
        parser.set_defaults(run=run)
    parser = commands.add_parser("trust", help="allow reading settings from a folder's .env")
    parser.add_argument("cwd", metavar="DIR")
    parser.set_defaults(run=_trust)
    parser = commands.add_parser("trace", help="show a trace file as text")
    parser.add_argument("file", metavar="FILE")
    parser.set_defaults(run=_trace)


def _diff(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    session = open_session(root=Path(args.cwd))
    try:
        pending = session.pending
        if pending is None or pending.is_empty:
            console.note("Nothing is proposed.")
        else:
            console.say(render_proposal(pending))
        return 0
    finally:
        session.close()


def _accept(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    session = open_session(root=Path(args.cwd))
    try:
        choice = parse_choice(args.choice, verdict="accept", pending=session.pending)
        console.say(f"Written: {', '.join(session.accept(choice).paths)}.")
        return 0
    finally:
        session.close()


def _reject(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    session = open_session(root=Path(args.cwd))
    try:
        choice = parse_choice(args.choice, verdict="reject", pending=session.pending)
        console.say(f"Discarded: {', '.join(session.reject(choice))}.")
        return 0
    finally:
        session.close()


def _undo(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    session = open_session(root=Path(args.cwd))
    try:
        console.say(undo_sentence(session.undo()))
        return 0
    finally:
        session.close()


def _trust(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    session = open_session(root=Path(args.cwd))
    try:
        session.trust()
        console.say(f"Settings in {session.root / '.env'} are read from now on.")
        return 0
    finally:
        session.close()


def _trace(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    console.say(render_text(trace_view(Path(args.file)), width=console.width))
    return 0

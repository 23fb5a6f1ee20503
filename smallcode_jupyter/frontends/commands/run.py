"""`smallcode run`: one task in one folder."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from smallcode_jupyter.frontends.ask import make_asker
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.live import TerminalOutput
from smallcode_jupyter.protocol import errors
from smallcode_jupyter.protocol.codec import to_json
from smallcode_jupyter.protocol.effects import AskUser
from smallcode_jupyter.protocol.events import Envelope, Outcome, TaskFinished
from smallcode_jupyter.protocol.tasks import Policy
from smallcode_jupyter.render.text import render_text

if TYPE_CHECKING:
    from smallcode_jupyter.session.results import RunResult
    from smallcode_jupyter.session.session import Session

__all__ = ["OpenSession", "add_run", "exit_status"]

OpenSession = Callable[..., "Session"]
"""Called with `root`, `given` (settings from the command line) and `ask`."""

Apply = Literal["auto", "ask", "never"]

_STATUS: dict[Outcome, int] = {
    "validated": 0,
    "answered": 0,
    "unvalidated": 1,
    "gave_up": 1,
    "failed": 1,
    "cancelled": 130,
}


def add_run(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("run", parents=[common], help="do one task in a folder")
    parser.add_argument("words", help="what you want, in plain words")
    parser.add_argument("--apply", choices=get_args(Apply), help="write what came of it (default: ask)")
    parser.add_argument(
        "--json", action="store_true", help="print every event as a line of JSON, and nothing else"
    )
    parser.add_argument("--max-seconds", type=_positive)
    parser.add_argument("--max-tokens", type=_positive)
    parser.add_argument("--max-calls", type=_positive)
    parser.add_argument("--model", help="a name on the server, or of a downloaded model")
    parser.add_argument("--base-url", help="an OpenAI-compatible server")
    parser.add_argument("--policy", choices=get_args(Policy))
    parser.add_argument("--temperature", type=float)
    parser.set_defaults(run=_run)


def exit_status(finished: TaskFinished) -> int:
    """0 validated or answered, 1 gave up or not validated, 3 no model, 130 stopped."""
    if finished.outcome == "failed" and finished.problem is not None:
        kind = getattr(errors, finished.problem.code, errors.SmallCodeError)
        return int(kind.exit_status)
    return _STATUS[finished.outcome]


def _positive(text: str) -> int:
    number = int(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def _run(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    if not args.words.strip():
        raise errors.UsageError(
            "There are no words to work on.", hint='Say what you want: smallcode run "WORDS".'
        )
    names = ("model", "base_url", "policy", "apply", "temperature", "max_seconds", "max_tokens", "max_calls")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    asker = make_asker(console.ask, can_ask=lambda: console.is_interactive)
    session = open_session(root=Path(args.cwd), given=given, ask=asker)
    try:
        output = TerminalOutput(console.note, width=console.width)
        watch = _json_lines(console) if args.json else output.add
        result = session.run(args.words, surface="files", on_event=watch)
        apply: Apply = session.settings.apply
        if apply == "ask" and (not console.is_interactive or args.json):
            apply = "never"
        if args.json:
            _apply(session, result, apply, lambda question: "no")
            return exit_status(result.finished)
        _show(console, output, closing="")
        console.say(_apply(session, result, apply, lambda question: asker(question).choice))
        return exit_status(result.finished)
    finally:
        session.close()


def _json_lines(console: Console) -> Callable[[Envelope], None]:
    def watch(envelope: Envelope) -> None:
        console.say(json.dumps(to_json(envelope), separators=(",", ":")))

    return watch


def _show(console: Console, output: TerminalOutput, *, closing: str) -> None:
    view = replace(output.view, steps=(), folded_steps=0, model="")
    text = render_text(view, width=console.width, closing=closing)
    console.say(text.split("\n", 1)[1].strip("\n"))


def _apply(session: Session, result: RunResult, apply: Apply, ask: Callable[[AskUser], str]) -> str:
    """Write the changes, or not; a sentence on what was done."""
    outcome = result.finished.outcome
    if result.changes.is_empty or outcome not in ("validated", "unvalidated"):
        return f"Nothing was changed. The trace is in {result.trace}."
    later = f"Nothing was changed yet; write it with: smallcode accept --cwd {session.root}"
    if apply == "never":
        return later
    if apply == "ask":
        warning = "" if outcome == "validated" else " (nothing could validate them)"
        question = AskUser(question=f"Write these changes{warning}?", choices=("yes", "no"), default="no")
        if ask(question) != "yes":
            return later
    accepted = session.accept()
    said = (
        "Written" if outcome == "validated" else "Written without validation, because nothing could judge it"
    )
    return f"{said}: {', '.join(accepted.paths)}. Take it back with: smallcode undo --cwd {session.root}"

"""`smallcode context TRACE`: what each prompt of a run held, what had to go, and why."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import trace_events
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.render.context import context_json, context_text, prompts_of
from smallcode_jupyter.render.words import amount

__all__ = ["add_context"]


def add_context(
    commands: Any, common: argparse.ArgumentParser
) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("context", help="show what the prompts of a run held, and what was left out")
    parser.add_argument("file", metavar="TRACE", help="a trace file, as `smallcode run` names it")
    parser.add_argument("--turn", type=int, metavar="N", help="only this turn")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=_context)


def _context(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    prompts = prompts_of(trace_events(Path(args.file)))
    chosen = [prompt for prompt in prompts if args.turn in (None, prompt.turn)]
    if args.turn is not None and not chosen:
        turns = len({prompt.turn for prompt in prompts})
        raise UsageError(f"There is no turn {args.turn}.", hint=f"The trace has {amount(turns, 'turn')}.")
    if args.json:
        console.say(json.dumps(context_json(chosen), ensure_ascii=False, indent=1))
    else:
        console.say(context_text(chosen))
    return 0

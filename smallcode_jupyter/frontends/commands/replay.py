"""`smallcode replay TRACE`: a saved run step by step, with why each step is there; or two runs compared."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.replaying import add_replay_arguments, compared, pauses, play
from smallcode_jupyter.frontends.reports import trace_events
from smallcode_jupyter.render.replay import scene_text
from smallcode_jupyter.render.scenes import scenes_of

__all__ = ["add_replay"]


def add_replay(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("replay", help="play a saved run step by step, with why; or compare two")
    add_replay_arguments(parser)
    parser.set_defaults(run=_replay)


def _replay(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    if args.diff:
        console.say(compared(Path(args.file), Path(args.diff))[0])
        return 0
    scenes = scenes_of(trace_events(Path(args.file)))
    waits = pauses(scenes, args.speed) if console.is_interactive else None
    play(scenes, waits, lambda number: console.say(scene_text(scenes[number - 1], total=len(scenes))))
    return 0

"""Playing a saved run: scene by scene in a display that changes, or as lines. Traces are text to be shown and nothing
more: nothing of them is executed, and no model is asked.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import time
import uuid
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.arguments import Arguments
from smallcode_jupyter.frontends.live import is_plain, show
from smallcode_jupyter.frontends.reports import trace_events
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.render.comparing import compare_runs, comparison_html, comparison_text
from smallcode_jupyter.render.replay import frame_html, run_html, run_text, scene_text
from smallcode_jupyter.render.scenes import Scene, scenes_of

__all__ = ["add_replay_arguments", "compared", "pauses", "play", "replay_here"]

_SHORTEST, _LONGEST = 1.0, 5.0
"""Seconds a step stays on at speed 1: its own time within these bounds, long enough to be read."""


def add_replay_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after `replay`."""
    parser.add_argument("file", metavar="TRACE", help="a trace file, as `status` and `smallcode run` name it")
    parser.add_argument(
        "--speed",
        type=float,
        default=1.0,
        metavar="N",
        help="how many times as fast as it was; each step stays on for 1 to 5 seconds, divided by N; "
        "0: show all at once (default: 1)",
    )
    parser.add_argument("--diff", metavar="OTHER", help="compare with another trace instead of playing")


def replay_here(shell: Any, line: str) -> None:  # IPython is not typed
    """`%smallcode replay` in a notebook. Raises UsageError, and what `trace_events` raises."""
    parser = Arguments(prog="%smallcode replay", add_help=False)
    add_replay_arguments(parser)
    try:
        args = parser.parse_args(shlex.split(line))
    except ValueError as error:
        raise UsageError(
            f"That cannot be read: {error}.", hint="Put a name with spaces into quotes."
        ) from error
    if args.diff:
        text, html = compared(Path(args.file), Path(args.diff))
        show(shell, text, html=html)
        return
    scenes = scenes_of(trace_events(Path(args.file)))
    waits = pauses(scenes, args.speed)
    if is_plain(shell):
        play(scenes, waits, lambda number: sys.stdout.write(_line(scenes, number)))
        return
    display = f"smallcode-{uuid.uuid4().hex}"

    def publish(data: dict[str, str], *, is_update: bool) -> None:
        shell.display_pub.publish(data=data, metadata={}, transient={"display_id": display}, update=is_update)

    publish({"text/plain": "smallcode replay", "text/html": frame_html(scenes, 1)}, is_update=False)
    try:
        if waits is not None:
            play(scenes, waits, lambda number: publish(_frame(scenes, number), is_update=True))
    finally:
        whole = {"text/plain": run_text(scenes), "text/html": run_html(scenes, closing=f"Trace: {args.file}")}
        publish(whole, is_update=True)


def pauses(scenes: tuple[Scene, ...], speed: float) -> tuple[float, ...] | None:
    """Seconds that each scene but the last stays on; None where all are shown at once. Raises UsageError."""
    if not 0 <= speed <= 1_000:
        raise UsageError(
            f"A speed of {speed:g} is not possible.", hint="Take 2 for twice as fast, 0 for all at once."
        )
    if speed == 0:
        return None
    gaps = (after.seconds - before.seconds for before, after in pairwise(scenes))
    return tuple(min(max(gap, _SHORTEST), _LONGEST) / speed for gap in gaps)


def play(
    scenes: tuple[Scene, ...],
    waits: tuple[float, ...] | None,
    on_scene: Callable[[int], object],
    *,
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Hand on each scene's number, from 1, and wait after it."""
    for index in range(len(scenes)):
        on_scene(index + 1)
        if waits is not None and index < len(waits):
            sleep(waits[index])


def compared(left: Path, right: Path) -> tuple[str, str]:
    """Two traces compared, as text and as HTML."""
    comparison = compare_runs(trace_events(left), trace_events(right))
    return comparison_text(comparison), comparison_html(comparison)


def _frame(scenes: tuple[Scene, ...], number: int) -> dict[str, str]:
    return {"text/plain": _line(scenes, number), "text/html": frame_html(scenes, number)}


def _line(scenes: tuple[Scene, ...], number: int) -> str:
    return scene_text(scenes[number - 1], total=len(scenes)) + "\n"

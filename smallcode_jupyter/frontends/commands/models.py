"""`smallcode models list | pull NAME | path NAME`."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import models_text, size_words

if TYPE_CHECKING:
    from smallcode_jupyter.models.local.pull import PullProgress

__all__ = ["ProgressBar", "add_models"]

_BAR = 24


def add_models(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The commands' options."""
    parser = commands.add_parser("models", help="list, fetch and find local models")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="what can be had, and what is here").set_defaults(run=_list)
    for name, run, about in (("pull", _pull, "fetch a model"), ("path", _path, "where a model's file is")):
        action = actions.add_parser(name, help=about)
        action.add_argument("name", metavar="NAME")
        action.set_defaults(run=run)


def _list(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    console.say(models_text(None).split("\n\n", 1)[1])
    return 0


def _pull(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.models.local.pull import pull

    bar = ProgressBar(console)
    try:
        path = pull(args.name, on_progress=bar)
    finally:
        bar.end()
    console.say(str(path))
    return 0


def _path(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.models.local.pull import model_path

    console.say(str(model_path(args.name)))
    return 0


class ProgressBar:
    """Progress on standard error: one line written over in a terminal, a line every tenth elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()
        self._first: int | None = None
        self._tenth = -1
        self._shown_at = 0.0

    def __call__(self, progress: PullProgress) -> None:
        """Take in how far it is."""
        if self._first is None:
            self._first = progress.done
        share = progress.done / progress.total if progress.total else 0.0
        now = time.monotonic()
        if self._console.has_live_error:
            if now - self._shown_at >= 0.1 or share >= 1:
                self._shown_at = now
                self._console.overwrite(self._line(progress, share, now))
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._console.note(self._line(progress, share, now))

    def end(self) -> None:
        """Leave the line."""
        if self._console.has_live_error and self._shown_at:
            self._console.note("")

    def _line(self, progress: PullProgress, share: float, now: float) -> str:
        bar = "#" * round(share * _BAR) + "-" * (_BAR - round(share * _BAR))
        seconds = max(0.001, now - self._began)
        speed = (progress.done - (self._first or 0)) / seconds
        total = f" of {size_words(progress.total)}" if progress.total else ""
        rate = f" · {speed / 1e6:.1f} MB/s" if speed > 0 else ""
        return (
            f"{progress.name} [{bar}] {share:4.0%} {size_words(progress.done)}{total}{rate} · {progress.part}"
        )

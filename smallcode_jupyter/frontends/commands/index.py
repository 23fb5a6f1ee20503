"""`smallcode index [--stats] [--for WORDS]`: bring the index up to date and look into it."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.indexing import (
    progress_line,
    ranked_text,
    refreshed_sentence,
    statistics_text,
)
from smallcode_jupyter.protocol.errors import NotFound

if TYPE_CHECKING:
    from smallcode_jupyter.index.code_index import CodeIndex
    from smallcode_jupyter.index.refresh import Progress

__all__ = ["ProgressLine", "add_index", "open_index"]

_SHOWN = 20
_PERIOD = 0.1


def add_index(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser(
        "index", parents=[common], help="bring the index of a folder up to date, and look into it"
    )
    parser.add_argument("--stats", action="store_true", help="what it holds, by language")
    parser.add_argument(
        "--for", dest="words", metavar="WORDS", help="which files these words are about, and why"
    )
    parser.add_argument("--json", action="store_true", help="as JSON (with --for)")
    parser.set_defaults(run=_index)


def open_index(root: Path) -> CodeIndex:
    """The index of a folder, as it was left. Raises NotFound."""
    from smallcode_jupyter.index.code_index import CodeIndex, store_path
    from smallcode_jupyter.models.local.places import state_folder

    if not root.is_dir():
        raise NotFound(f"There is no folder {root}.", hint="Name a folder that exists.")
    return CodeIndex(root, store_path(state_folder(), root))


def _index(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    index = open_index(Path(args.cwd).resolve())
    with ProgressLine(console) as line:
        report = index.refresh(on_progress=line)
    if args.words is None and not args.stats:
        console.say(refreshed_sentence(report))
        return 0
    console.note(refreshed_sentence(report))
    if args.stats:
        console.say(statistics_text(index.statistics()))
    if args.words is not None:
        found = index.rank(args.words, limit=_SHOWN)
        if args.json:
            rows = [{"path": one.file.path, "score": one.score, "reasons": one.reasons} for one in found]
            console.say(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            console.say(ranked_text(found))
    return 0


class ProgressLine:
    """Progress on standard error: one line written over in a terminal, a line every tenth elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()
        self._shown_at = 0.0
        self._tenth = 0

    def __call__(self, progress: Progress) -> None:
        """Take in how far it is."""
        now = time.monotonic()
        line = progress_line(progress, now - self._began)
        if self._console.has_live_error:
            if now - self._shown_at >= _PERIOD or progress.done == progress.total:
                self._shown_at = now
                self._console.overwrite(line)
        elif progress.done * 10 // progress.total > self._tenth:
            self._tenth = progress.done * 10 // progress.total
            self._console.note(line)

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *failure: object) -> None:
        """Leave the line."""
        if self._console.has_live_error and self._shown_at:
            self._console.note("")

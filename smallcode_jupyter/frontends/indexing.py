"""What is told about the index: the same words in the notebook and on the command line."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.live import is_plain, show
from smallcode_jupyter.frontends.reports import size_words, table
from smallcode_jupyter.render.html import sentence_html
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.render.words import amount

if TYPE_CHECKING:
    from smallcode_jupyter.index.code_index import Statistics
    from smallcode_jupyter.index.rank import Ranked
    from smallcode_jupyter.index.refresh import Progress, Refreshed

__all__ = ["IndexDisplay", "progress_line", "ranked_text", "refreshed_sentence", "statistics_text"]

_BAR = 24
_NOTES = 20
_PERIOD = 0.2


def progress_line(progress: Progress, seconds: float) -> str:
    """How far the indexing is, as one line with a bar."""
    share = progress.done / progress.total if progress.total else 1.0
    bar = "#" * round(share * _BAR) + "-" * (_BAR - round(share * _BAR))
    left = seconds / share - seconds if share else 0.0
    rest = f" · {left:,.0f} s left" if progress.done and left >= 1 else ""
    return f"indexing [{bar}] {share:4.0%} {progress.done:,} of {amount(progress.total, 'file')}{rest}"


def refreshed_sentence(report: Refreshed) -> str:
    """What a refresh did."""
    changed = (
        f"{report.read:,} read, {report.gone:,} gone" if report.read or report.gone else "nothing changed"
    )
    parts = [f"{amount(report.files, 'file')} in the index ({changed}), {report.seconds:.1f} s."]
    if report.skipped:
        skipped = ", ".join(f"{count:,} {reason}" for reason, count in report.skipped)
        parts.append(f"Left out: {skipped}.")
    if not report.is_complete:
        parts.append("There are more files than are looked at.")
    return " ".join(parts)


def statistics_text(found: Statistics) -> str:
    """What the index holds, by language, and which files are not wholly known."""
    rows = [("language", "files", "lines", "definitions")]
    rows += [(one.name, f"{one.files:,}", f"{one.lines:,}", f"{one.symbols:,}") for one in found.languages]
    when = (
        "never"
        if not found.refreshed
        else time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(found.refreshed))
    )
    about = [f"kept in {found.path} ({size_words(found.bytes)}), up to date at {when}"]
    notes = [f"{path}: {note}" for path, note in found.notes[:_NOTES]]
    if len(found.notes) > _NOTES:
        notes.append(f"({len(found.notes) - _NOTES:,} more files of which not all is known)")
    return plain("\n\n".join(["\n".join(about), table(rows), *(["\n".join(notes)] if notes else [])]))


def ranked_text(found: Sequence[Ranked]) -> str:
    """The files that some words are about, best first, with the reasons."""
    rows = [("score", "file", "why")]
    rows += [(f"{one.score:.1f}", one.file.path, "; ".join(one.reasons)) for one in found]
    return plain(table(rows)) if found else "No file fits."


class IndexDisplay:
    """One display of the cell: how far the indexing is, and at the end what was asked for."""

    def __init__(self, shell: Any) -> None:  # IPython is not typed
        self._shell = shell
        self._id = f"smallcode-{uuid.uuid4().hex}"
        self._began = time.monotonic()
        self._shown_at: float | None = None

    def __call__(self, progress: Progress) -> None:
        """Take in how far it is; shown a few times a second, where displays can be updated."""
        now = time.monotonic()
        if is_plain(self._shell) or now - (self._shown_at or self._began) < _PERIOD:
            return
        self._publish(progress_line(progress, now - self._began))
        self._shown_at = now

    def finish(self, text: str) -> None:
        """Show the end in place of the progress."""
        if self._shown_at is None:
            show(self._shell, text, html=sentence_html(text) if "\n" not in text else None)
        else:
            self._publish(text)

    def _publish(self, text: str) -> None:
        self._shell.display_pub.publish(
            data={"text/plain": text},
            metadata={},
            transient={"display_id": self._id},
            update=self._shown_at is not None,
        )

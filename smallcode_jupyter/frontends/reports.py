"""What is told about settings, models and what waits: the same words in the notebook and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.consent import kernel_note
from smallcode_jupyter.protocol.errors import NotFound, NotText, TooLarge
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.render.view import ViewState, fold
from smallcode_jupyter.render.words import amount, place

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.undo.commits import StateReport
    from smallcode_jupyter.protocol.events import Envelope
    from smallcode_jupyter.protocol.model import ModelInfo
    from smallcode_jupyter.session.config import Settings
    from smallcode_jupyter.session.session import Session
    from smallcode_jupyter.workspace.journal import UndoReport

__all__ = [
    "config_text",
    "model_sentence",
    "models_text",
    "size_words",
    "status_text",
    "table",
    "trace_events",
    "trace_view",
    "undo_sentence",
    "undone_sentence",
]


_MAX_TRACE = 20_000_000
"""Bytes of a trace file, at most: it is read as a whole, and may be anybody's."""


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as aligned columns."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return "\n".join(
        "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    )


def model_sentence(info: ModelInfo | None) -> str:
    """A model, its server, its window and its device."""
    if info is None:
        return "not looked for yet"
    window = f"{info.context_window:,} tokens" + ("" if info.is_window_known else " (assumed)")
    parts = [
        info.name,
        f"{info.server} at {info.base_url}" if info.base_url else info.server,
        window,
        info.device,
    ]
    return plain(" · ".join(part for part in parts if part))


def status_text(session: Session) -> str:
    """What this session works with and what waits."""
    pending = session.pending
    waiting = "nothing"
    if pending is not None and not pending.is_empty:
        waiting = ", ".join(place(change.path) for change in pending.files)
    rows = [
        ("folder", str(session.root)),
        ("model", model_sentence(session.model_info(connect=False))),
        ("policy", session.settings.policy),
        *([("switched off", ", ".join(off))] if (off := session.settings.techniques_off) else []),
        ("to accept", plain(waiting)),
        ("last trace", str(session.last_trace or "none yet")),
        ("kernel", kernel_note() or "confined"),
    ]
    return table(rows)


def config_text(settings: Settings) -> str:
    """All settings, their values and where these came from."""
    rows = [("setting", "value", "from"), *settings.describe()]
    return plain(table([(name, value or "-", source) for name, value, source in rows]))


def models_text(used: ModelInfo | None) -> str:
    """The model in use and the models of the catalogue."""
    from smallcode_jupyter.models.local.pull import list_models

    rows = [("model", "size", "here", "about")]
    for model in list_models():
        entry = model.entry
        size = size_words(entry.size) if entry is not None and entry.size else "-"
        rows.append(
            (model.name, size, "yes" if model.path else "no", entry.title if entry else str(model.path))
        )
    return plain(
        f"in use: {model_sentence(used)}\n\n{table(rows)}\n\nGet one with: smallcode models pull NAME"
    )


def size_words(size: int) -> str:
    """`491 MB`, `1.1 GB`."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def undo_sentence(report: UndoReport) -> str:
    """Which files were put back."""
    what = f"Put back: {', '.join(report.paths)}." if report.paths else "No file had to be put back."
    return plain(what)


def undone_sentence(report: UndoReport | None, state: StateReport, *, has_cell: bool) -> str:
    """What undoing accepted changes put back: files, variables; and what stays."""
    files = f"Put back: {', '.join(report.paths)}." if report is not None and report.paths else ""
    told = [sentence for sentence in (files, *state.sentences()) if sentence] or ["Nothing had changed."]
    if has_cell:
        told.append("The cell with its code stays: delete it if it is not wanted.")
    return plain(" ".join(told))


def trace_view(path: Path) -> ViewState:
    """The picture of a trace file. Raises NotFound or NotText for what is no trace."""
    view = ViewState()
    for envelope in trace_events(path):
        view = fold(view, envelope)
    return view


def trace_events(path: Path) -> tuple[Envelope, ...]:
    """The events of a trace file. Raises NotFound or NotText for what is no trace, TooLarge above 20 MB."""
    from smallcode_jupyter.session.trace import read_trace

    hint = "Name a file that ends in .jsonl; `status` names the last one."
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NotText(f"{path} is no trace.", why="It is no ordinary file.", hint=hint)
        if size > _MAX_TRACE:
            raise TooLarge(
                f"The trace {path} is too large.", why=f"It has {size_words(size)}, and 20 MB are read."
            )
        envelopes = read_trace(path)
    except OSError as error:
        raise NotFound(f"The trace {path} cannot be read.", why=f"{error.strerror}.", hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise NotText(f"{path} is no trace.", why=f"{str(error)[:200]}.", hint=hint) from error
    if not envelopes:
        raise NotText(f"{path} is no trace.", why=f"It holds {amount(0, 'event')}.", hint=hint)
    return envelopes

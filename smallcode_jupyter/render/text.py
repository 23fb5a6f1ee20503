"""A run as plain text: no escape sequences, readable in any viewer and by any reader."""

from __future__ import annotations

from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet
from smallcode_jupyter.render.diff import unified
from smallcode_jupyter.render.plain import columns, plain
from smallcode_jupyter.render.view import Step, ViewState
from smallcode_jupyter.render.words import amount, duration, outcome_words

__all__ = ["render_proposal", "render_text", "step_line"]

_STREAM_LINES = 12


def step_line(step: Step, width: int = 100) -> str:
    """One step on one line, its seconds at the right edge."""
    time = duration(step.seconds) if step.status not in ("running", "note") or step.seconds >= 0.05 else ""
    words = plain(f"{step.icon} {step.words}{' …' if step.status == 'running' else ''}")
    room = width - columns(time) - 1
    while columns(words) > room and len(words) > 12:
        words = words[: max(11, len(words) - max(1, (columns(words) - room) // 2) - 1)].rstrip() + "…"
    if not time:
        return words
    return words + " " * max(1, width - columns(words) - columns(time)) + time


def render_proposal(changes: ChangeSet, *, max_lines: int = 2_000) -> str:
    """The proposed code and the diff of the files."""
    cells = [change for change in changes.files if change.path == NEXT_CELL and change.after]
    files = tuple(change for change in changes.files if change.path != NEXT_CELL)
    parts: list[str] = []
    for change in cells:
        code = "\n".join(f"    {line}" for line in plain(change.after or "").rstrip("\n").split("\n"))
        parts.append(f"next cell:\n\n{code}\n")
    diff = unified(ChangeSet(id=changes.id, files=files), max_lines=max_lines)
    return "\n".join([*parts, diff] if diff else parts)


def render_text(state: ViewState, *, width: int = 100, closing: str = "") -> str:
    """The whole run. `closing` is the front end's sentence on what can be done now."""
    sections = [
        _steps(state, width),
        _plan(state),
        _stream(state),
        plain(state.finished.answer).strip() if state.finished else "",
        render_proposal(state.changes).rstrip() if state.changes and not state.changes.is_empty else "",
        plain(outcome_words(state.finished)) if state.finished else "",
        plain(closing),
        state.meter.footer(state.seconds) if state.meter.context_window or state.finished else "",
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _steps(state: ViewState, width: int) -> str:
    title = f"smallcode · {plain(state.model)}" if state.model else "smallcode"
    folded = [f"({amount(state.folded_steps, 'earlier step')})"] if state.folded_steps else []
    return "\n".join([title, *folded, *(step_line(step, width) for step in state.steps)])


def _plan(state: ViewState) -> str:
    lines = [f"  [{'x' if step.is_done else ' '}] {plain(step.words)}" for step in state.plan]
    return "\n".join(["plan:", *lines]) if lines else ""


def _stream(state: ViewState) -> str:
    if not state.stream.strip():
        return ""
    lines = plain(state.stream).rstrip("\n").split("\n")[-_STREAM_LINES:]
    return "\n".join(f"  | {line}" for line in lines)

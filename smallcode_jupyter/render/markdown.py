"""A run as Markdown for plain viewers: no HTML, and nothing of the model's text becomes markup."""

from __future__ import annotations

from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet
from smallcode_jupyter.render.diff import unified
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.render.prose import blocks, fenced, markdown_escape
from smallcode_jupyter.render.view import Step, ViewState
from smallcode_jupyter.render.words import amount, duration, outcome_words

__all__ = ["render_markdown"]


def render_markdown(state: ViewState, *, closing: str = "", max_lines: int = 2_000) -> str:
    """The whole run. `closing` is the front end's sentence on what can be done now."""
    sections = [
        _steps(state),
        _plan(state),
        fenced(plain(state.stream[-2_000:])) if state.stream.strip() else "",
        _answer(state),
        _proposal(state.changes, max_lines) if state.changes and not state.changes.is_empty else "",
        f"**{markdown_escape(outcome_words(state.finished))}**" if state.finished else "",
        markdown_escape(closing),
        f"*{state.meter.footer(state.seconds)}*" if state.meter.context_window or state.finished else "",
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _steps(state: ViewState) -> str:
    title = "**smallcode**" + (f" · {markdown_escape(state.model)}" if state.model else "")
    folded = [f"- {amount(state.folded_steps, 'earlier step')}"] if state.folded_steps else []
    lines = [*folded, *(_step(step) for step in state.steps)]
    return "\n\n".join([title, "\n".join(lines)] if lines else [title])


def _plan(state: ViewState) -> str:
    items = [f"- [{'x' if step.is_done else ' '}] {markdown_escape(step.words)}" for step in state.plan]
    return "Plan:\n\n" + "\n".join(items) if items else ""


def _step(step: Step) -> str:
    time = f" · {duration(step.seconds)}" if step.status not in ("running", "note") else ""
    return f"- {step.icon} {markdown_escape(step.words)}{time}"


def _answer(state: ViewState) -> str:
    if state.finished is None or not state.finished.answer.strip():
        return ""
    return "\n\n".join(
        fenced(block.text, block.language) if block.is_code else _lines(block.text)
        for block in blocks(state.finished.answer)
    )


def _lines(text: str) -> str:
    """Prose with its own line ends kept; `*` and `-` at line starts stay what they look like."""
    return "  \n".join(markdown_escape(line.strip()) for line in text.split("\n"))


def _proposal(changes: ChangeSet, max_lines: int) -> str:
    parts = [
        f"Next cell:\n\n{fenced(plain(change.after), 'python')}"
        for change in changes.files
        if change.path == NEXT_CELL and change.after
    ]
    files = tuple(change for change in changes.files if change.path != NEXT_CELL)
    diff = unified(ChangeSet(id=changes.id, files=files), max_lines=max_lines)
    return "\n\n".join([*parts, fenced(diff, "diff")] if diff else parts)

"""A run as one self-contained piece of HTML: inline styles, no script, no addresses, every foreign text escaped.

It reads well where styles are taken away, too, as some viewers of saved notebooks do: lines end by themselves.
"""

from __future__ import annotations

from html import escape

from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet
from smallcode_jupyter.render.diff import diff_html
from smallcode_jupyter.render.plain import cut, plain
from smallcode_jupyter.render.prose import blocks
from smallcode_jupyter.render.view import Detail, Step, StepStatus, ViewState
from smallcode_jupyter.render.words import amount, duration, outcome_words

__all__ = [
    "FAINT",
    "FRAME",
    "HTML_LIMIT",
    "PRE",
    "code_html",
    "proposal_html",
    "render_html",
    "sentence_html",
]

HTML_LIMIT = 200_000
"""Characters of one piece of HTML, at most."""

_LEVELS = ((4_000, 60_000, 200), (1_000, 40_000, 200), (200, 30_000, 100), (0, 20_000, 50), (0, 6_000, 20))
"""Characters of a detail, characters of diff and code, steps: the first level that fits is shown."""

_MONO = "font-family:var(--jp-code-font-family,monospace);font-size:var(--jp-code-font-size,13px)"
FRAME = (
    "font-family:var(--jp-ui-font-family,sans-serif);font-size:var(--jp-ui-font-size1,13px);"
    "line-height:1.5;color:var(--jp-ui-font-color1,inherit);"
    "border-left:3px solid var(--jp-brand-color1,#1976d2);padding:2px 0 2px 10px"
)
PRE = (
    f"{_MONO};margin:4px 0;padding:6px 8px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:32em;"
    "overflow:auto;color:inherit;background:var(--jp-layout-color2,rgba(128,128,128,.1))"
)
_PLAIN = "margin:0;padding:0;border:0;background:none;font:inherit;color:inherit;white-space:pre-wrap"
"""Lines as they are, and nothing else that viewers give to `pre`."""
_WRAP = "overflow-wrap:anywhere"
FAINT = "color:var(--jp-ui-font-color2,inherit)"
_COLOURS: dict[StepStatus, str] = {
    "running": "color:var(--jp-brand-color1,inherit)",
    "ok": "",
    "failed": "color:var(--jp-error-color1,#d32f2f)",
    "note": FAINT,
    "stopped": FAINT,
}


def render_html(state: ViewState, *, closing: str = "", is_raw: bool = False) -> str:
    """The whole run in at most `HTML_LIMIT` characters; says so where something had to be left out.

    `closing` is the front end's sentence on what can be done now. `is_raw` shows the model's answers unfolded.
    """
    first = 0 if state.finished else 1
    page = ""
    for level, limits in enumerate(_LEVELS[first:]):
        said = "" if level == 0 else "Shortened to fit the output; the trace has everything."
        page = _page(state, limits, closing=closing, said=said, is_raw=is_raw)
        if len(page) <= HTML_LIMIT:
            return page
    return sentence_html(
        f"{outcome_words(state.finished) if state.finished else 'Running.'} Too long to show."
    )


def sentence_html(text: str) -> str:
    """One sentence in the frame of a run."""
    return f'<div style="{FRAME}">{_esc(cut(text, 20_000))}</div>'


def code_html(code: str, *, limit: int = 60_000) -> str:
    """Code as it is."""
    return f'<pre style="{PRE}">{_esc(cut(code, limit))}</pre>'


def proposal_html(changes: ChangeSet, *, limit: int = 60_000) -> str:
    """The proposed code and the diff of the files."""
    parts = [
        f'<div style="margin-top:6px;font-weight:600">Next cell</div>{code_html(change.after, limit=limit)}'
        for change in changes.files
        if change.path == NEXT_CELL and change.after
    ]
    files = tuple(change for change in changes.files if change.path != NEXT_CELL and not change.is_empty)
    if files:
        title = "Change" if len(files) == 1 else f"Changes in {amount(len(files), 'file')}"
        diff = diff_html(ChangeSet(id=changes.id, files=files), max_chars=limit)
        parts.append(
            f'<div style="margin-top:6px;font-weight:600">{title}</div><pre style="{PRE}">{diff}</pre>'
        )
    return "".join(parts)


def _page(state: ViewState, limits: tuple[int, int, int], *, closing: str, said: str, is_raw: bool) -> str:
    detail_limit, diff_limit, step_limit = limits
    parts = [
        _title(state),
        _steps(state, detail_limit, step_limit, is_raw=is_raw),
        _plan(state),
        _stream(state),
        _answer(state, diff_limit),
        proposal_html(state.changes, limit=diff_limit)
        if state.changes and not state.changes.is_empty
        else "",
        _line(outcome_words(state.finished), "margin-top:6px;font-weight:600") if state.finished else "",
        _line(closing, ""),
        _line(said, FAINT),
    ]
    if state.meter.context_window or state.finished:
        parts.append(_line(state.meter.footer(state.seconds), f"{FAINT};font-size:smaller"))
    return f'<div style="{FRAME}">{"".join(parts)}</div>'


def _esc(text: str) -> str:
    return escape(plain(text), quote=True)


def _line(text: str, style: str) -> str:
    return f'<div style="{style}">{_esc(text)}</div>' if text else ""


def _title(state: ViewState) -> str:
    model = f' <span style="{FAINT}">{_esc(state.model)}</span>' if state.model else ""
    return f"<div><b>smallcode</b>{model}</div>"


def _steps(state: ViewState, detail_limit: int, step_limit: int, *, is_raw: bool) -> str:
    shown = state.steps[-step_limit:]
    hidden = state.folded_steps + len(state.steps) - len(shown)
    items = [_line(amount(hidden, "earlier step"), FAINT)] if hidden else []
    items += [_step(step, detail_limit, is_raw=is_raw) for step in shown]
    return f'<div role="list">{"".join(items)}</div>' if items else ""


def _step(step: Step, detail_limit: int, *, is_raw: bool) -> str:
    time = duration(step.seconds) if step.status not in ("running", "note") else ""
    clock = f' <span style="float:right;{FAINT};margin-left:1em">{time}</span>' if time else ""
    dots = " …" if step.status == "running" else ""
    words = f'<span aria-hidden="true">{step.icon}</span> {_esc(step.words)}{dots}'
    colour = _COLOURS[step.status]
    if not step.details or detail_limit == 0:
        return f'<div role="listitem" style="{_WRAP};{colour}">{words}{clock}</div>'
    inside = "".join(_detail(detail, detail_limit) for detail in step.details)
    is_open = " open" if is_raw and step.key.startswith("model:") else ""
    return (
        f'<div role="listitem" style="{_WRAP}"><details{is_open}>'
        f'<summary style="cursor:pointer;list-style:none;{colour}">'
        f'{words} <span style="opacity:.6" aria-hidden="true">▾</span>{clock}</summary>'
        f'<div style="{PRE};margin-left:1.2em">{inside}</div></details></div>'
    )


def _detail(detail: Detail, limit: int) -> str:
    text = f'<pre style="{_PLAIN}">{_esc(cut(detail.text, limit))}</pre>' if detail.text.strip() else ""
    return f'<div style="opacity:.7">{_esc(detail.title)}</div>{text}'


def _plan(state: ViewState) -> str:
    items = "".join(
        f"<div>{'☑' if step.is_done else '☐'} {_esc(step.words)}</div>" for step in state.plan[:50]
    )
    return f'<div style="margin-top:6px"><b>Plan</b>{items}</div>' if items else ""


def _stream(state: ViewState) -> str:
    text = state.stream if state.stream.strip() else state.reasoning
    if not text.strip() or state.finished:
        return ""
    tail = "\n".join(plain(text[-2_000:]).rstrip("\n").split("\n")[-12:])
    return f'<pre style="{PRE};{FAINT}">{escape(tail)}</pre>'


def _answer(state: ViewState, limit: int) -> str:
    if state.finished is None or not state.finished.answer.strip():
        return ""
    parts = [
        code_html(block.text)
        if block.is_code
        else f'<div style="white-space:pre-wrap;margin:4px 0">{_esc(block.text)}</div>'
        for block in blocks(cut(state.finished.answer, limit))
    ]
    return "".join(parts)

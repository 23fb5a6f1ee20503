"""A saved run while it is played: the scene that is on, with why it is there, and the ones before; text and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from smallcode_jupyter.render.html import FAINT, FRAME, HTML_LIMIT, PRE, sentence_html
from smallcode_jupyter.render.plain import cut, plain
from smallcode_jupyter.render.scenes import Scene
from smallcode_jupyter.render.words import amount, duration

__all__ = ["frame_html", "run_html", "run_text", "scene_text"]

_LEVELS = (4_000, 1_000, 200, 0)
"""Characters of a detail: the first level that fits the output is shown."""
_BEFORE = 8
"""Scenes shown above the one that is on."""
_WHY = (
    "margin:4px 0;padding:2px 8px;border-left:2px solid var(--jp-brand-color1,#1976d2);"
    "color:var(--jp-ui-font-color1,inherit)"
)


def scene_text(scene: Scene, *, total: int, limit: int = _LEVELS[0]) -> str:
    """One scene as plain text: what, why, and of what there was to see `limit` characters each."""
    lines = [
        f"{scene.number}/{total}  {scene.icon} {scene.title}  ({duration(scene.seconds)})",
        f"     why? {scene.why}",
    ]
    for detail in scene.details if limit else ():
        lines.append(f"     {detail.title}:")
        lines += [f"       | {line}".rstrip() for line in cut(detail.text, limit).split("\n")]
    return "\n".join(lines) + "\n"


def run_text(scenes: Sequence[Scene]) -> str:
    """The whole run as plain text, details shortened to keep it below `HTML_LIMIT` characters."""
    for limit in _LEVELS:
        text = "\n".join(scene_text(scene, total=len(scenes), limit=limit) for scene in scenes)
        if len(text) <= HTML_LIMIT:
            return text
    return f"{amount(len(scenes), 'step')}: too long to show here; play it in a terminal.\n"


def frame_html(scenes: Sequence[Scene], current: int) -> str:
    """The picture while scene number `current` (from 1) is on: the ones before as lines, this one open."""
    before = scenes[max(0, current - 1 - _BEFORE) : current - 1]
    hidden = current - 1 - len(before)
    rows = [f'<div style="{FAINT}">{amount(hidden, "earlier step")}</div>'] if hidden else []
    rows += [f'<div style="{FAINT}">{_head(scene)}</div>' for scene in before]
    now = scenes[current - 1]
    inside = "".join(_detail(detail.title, detail.text, _LEVELS[1]) for detail in now.details)
    rows.append(
        f'<div style="margin-top:6px"><b>{_head(now)}</b></div>'
        f'<div style="{_WHY}"><b>Why?</b> {_esc(now.why)}</div>{inside}'
    )
    return _framed(f"step {current} of {len(scenes)}", "".join(rows))


def run_html(scenes: Sequence[Scene], *, closing: str = "") -> str:
    """All scenes, each to be unfolded, its reason always in sight; no scripts, at most `HTML_LIMIT` characters."""
    for limit in _LEVELS:
        rows = "".join(_row(scene, limit) for scene in scenes)
        said = "" if limit == _LEVELS[0] else "Shortened to fit the output; the trace has everything."
        ends = "".join(f'<div style="{FAINT}">{_esc(text)}</div>' for text in (closing, said) if text)
        page = _framed(amount(len(scenes), "step"), f'<div role="list">{rows}</div>{ends}')
        if len(page) <= HTML_LIMIT:
            return page
    return sentence_html(f"{amount(len(scenes), 'step')}: too long to show here; play it in a terminal.")


def _row(scene: Scene, limit: int) -> str:
    why = f'<div style="{_WHY};margin-left:1.2em">{_esc(scene.why)}</div>'
    if not scene.details or not limit:
        return f'<div role="listitem">{_head(scene)}{why}</div>'
    inside = "".join(_detail(detail.title, detail.text, limit) for detail in scene.details)
    return (
        f'<div role="listitem"><details><summary style="cursor:pointer">{_head(scene)}</summary>'
        f'<div style="margin-left:1.2em">{inside}</div></details>{why}</div>'
    )


def _head(scene: Scene) -> str:
    clock = f' <span style="float:right;{FAINT};margin-left:1em">{duration(scene.seconds)}</span>'
    return f'{scene.number}. <span aria-hidden="true">{scene.icon}</span> {_esc(scene.title)}{clock}'


def _detail(title: str, text: str, limit: int) -> str:
    return f'<div style="{FAINT}">{_esc(title)}</div><pre style="{PRE}">{_esc(cut(text, limit))}</pre>'


def _framed(subtitle: str, inside: str) -> str:
    title = f'<b>smallcode replay</b> <span style="{FAINT}">{subtitle}</span>'
    return f'<div style="{FRAME}"><div>{title}</div>{inside}</div>'


def _esc(text: str) -> str:
    return escape(plain(text), quote=True)

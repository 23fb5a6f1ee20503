"""Two saved runs beside each other: where they first go apart, and what each step had of its own."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from smallcode_jupyter.protocol.events import Envelope, ModelOpened, TaskFinished
from smallcode_jupyter.render.html import FAINT, FRAME, PRE
from smallcode_jupyter.render.plain import one_line, plain
from smallcode_jupyter.render.scenes import Scene, scenes_of
from smallcode_jupyter.render.words import amount, duration

__all__ = ["Comparison", "Difference", "compare_runs", "comparison_html", "comparison_text"]

MAX_COMPARED = 400
"""Steps of a run that are compared; lining up takes the square of it."""
_MAX_LINES = 60
"""Lines of difference shown of one step."""

Side = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One step that is not the same in both runs."""

    side: Side
    """Which of the runs has such a step."""
    left: int
    """Its number there, from 1; 0 where there is none."""
    right: int
    title: str
    lines: tuple[str, ...]
    """A unified diff of what was to be seen; empty where only one run has the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs compared."""

    rows: tuple[tuple[str, str, str], ...]
    """What, on the left, on the right: model, outcome, costs."""
    same: int
    """Steps that are the same in both."""
    differences: tuple[Difference, ...]
    is_cut: bool
    """Whether a run has more steps than are compared."""


def compare_runs(left: Sequence[Envelope], right: Sequence[Envelope]) -> Comparison:
    """The steps lined up by their kind; times are not compared, and neither are pieces of answers being written."""
    sides = [
        [scene for scene in scenes_of(run) if scene.kind not in ("model.delta", "turn.finished")]
        for run in (left, right)
    ]
    first, second = sides[0][:MAX_COMPARED], sides[1][:MAX_COMPARED]
    matcher = difflib.SequenceMatcher(
        None, [scene.kind for scene in first], [scene.kind for scene in second], autojunk=False
    )
    same, differences = 0, []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(first[a0:a1], second[b0:b1], strict=True):
                lines = _lines(one, other)
                same += not lines
                differences += [_difference("both", one, other, lines)] if lines else []
        else:
            differences += [_difference("left", scene, None, ()) for scene in first[a0:a1]]
            differences += [_difference("right", None, scene, ()) for scene in second[b0:b1]]
    return Comparison(
        rows=_rows(left, right),
        same=same,
        differences=tuple(differences),
        is_cut=max(len(side) for side in sides) > MAX_COMPARED,
    )


def _difference(side: Side, one: Scene | None, other: Scene | None, lines: tuple[str, ...]) -> Difference:
    shown = one or other
    assert shown is not None
    return Difference(
        side=side,
        left=one.number if one else 0,
        right=other.number if other else 0,
        title=f"{shown.icon} {shown.title}",
        lines=lines,
    )


def _lines(one: Scene, other: Scene) -> tuple[str, ...]:
    """What differs in what is to be seen; empty if nothing does."""
    texts = [
        [
            scene.title,
            *(line for detail in scene.details for line in (detail.title, *detail.text.split("\n"))),
        ]
        for scene in (one, other)
    ]
    if texts[0] == texts[1]:
        return ()
    diff = list(difflib.unified_diff(texts[0], texts[1], lineterm="", n=1))[2:]
    more = [f"… {len(diff) - _MAX_LINES:,} more lines"] if len(diff) > _MAX_LINES else []
    return tuple([line for line in diff[:_MAX_LINES] if not line.startswith("@@")] + more)


def _rows(left: Sequence[Envelope], right: Sequence[Envelope]) -> tuple[tuple[str, str, str], ...]:
    one, other = _facts(left), _facts(right)
    return tuple((name, one[name], other[name]) for name in one)


def _facts(run: Sequence[Envelope]) -> dict[str, str]:
    opened = next((item.event for item in run if isinstance(item.event, ModelOpened)), None)
    ended = next((item.event for item in run if isinstance(item.event, TaskFinished)), None)
    return {
        "model": one_line(opened.info.name, 40) if opened else "–",
        "outcome": ended.outcome if ended else "not finished",
        "turns": str(ended.turns) if ended else "–",
        "tokens read": f"{ended.prompt_tokens:,}" if ended else "–",
        "tokens written": f"{ended.completion_tokens:,}" if ended else "–",
        "time": duration(min(max(0.0, ended.seconds), 1e6)) if ended else "–",
    }


def comparison_text(compared: Comparison) -> str:
    """The comparison as plain text; `-` is the first run, `+` the second."""
    rows = [("", "first", "second"), *compared.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    table = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    blocks = [
        "\n".join([_where(item), *(f"    {plain(line)}" for line in item.lines)])
        for item in compared.differences
    ]
    return "\n\n".join(["\n".join(table), _summary(compared), *blocks]) + "\n"


def comparison_html(compared: Comparison) -> str:
    """The same as one piece of HTML without scripts, each step to be unfolded."""
    cells = "".join(
        "<tr>"
        + "".join(f'<td style="padding:0 1em 0 0;text-align:left">{_esc(cell)}</td>' for cell in row)
        + "</tr>"
        for row in (("", "first", "second"), *compared.rows)
    )
    items = "".join(_item(item) for item in compared.differences)
    return (
        f'<div style="{FRAME}"><div><b>smallcode replay</b> <span style="{FAINT}">two runs</span></div>'
        f"<table>{cells}</table><div>{_esc(_summary(compared))}</div>{items}</div>"
    )


def _item(item: Difference) -> str:
    head = _esc(_where(item))
    if not item.lines:
        return f"<div>{head}</div>"
    text = "\n".join(item.lines)
    return f'<details><summary style="cursor:pointer">{head}</summary><pre style="{PRE}">{_esc(text)}</pre></details>'


def _where(item: Difference) -> str:
    if item.side == "both":
        return f"~ step {item.left} and step {item.right}: {item.title}"
    number, name = (
        (item.left, "- only the first, step")
        if item.side == "left"
        else (item.right, "+ only the second, step")
    )
    return f"{name} {number}: {item.title}"


def _summary(compared: Comparison) -> str:
    cut = f" Only the first {MAX_COMPARED} steps of each were compared." if compared.is_cut else ""
    if not compared.differences:
        return f"{amount(compared.same, 'step')} compared, all the same but for their times.{cut}"
    first = compared.differences[0]
    number = first.left or first.right
    return (
        f"{amount(compared.same, 'step')} the same, {len(compared.differences)} not. "
        f"The runs go apart at step {number}.{cut}"
    )


def _esc(text: str) -> str:
    return escape(plain(text), quote=True)

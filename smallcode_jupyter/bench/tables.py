"""Tables of words: one value, shown as text, Markdown or HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from smallcode_jupyter.render.plain import columns, plain

__all__ = ["Table", "html_table", "markdown_table", "text_table"]

_GAP = 2
_MARKS = re.compile(r"([\\`*_{}\[\]<>|~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The first column names the rows; the others are short."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    """Sentences below it."""
    is_prose: bool = False
    """Cells are words, set to the left; else numbers, set to the right."""


def text_table(table: Table, *, width: int = 100) -> str:
    """For a terminal: columns that do not fit are continued below, the first one repeated."""
    split = [_broken(heading) for heading in table.headings]
    cells = [tuple(_flat(cell) for cell in row) for row in table.rows]
    widths = [
        max((columns(word) for word in (*split[i], *(row[i] for row in cells))), default=0)
        for i in range(len(split))
    ]
    lines = [plain(table.title)]
    for chosen in _blocks(widths, width):
        depth = max(len(split[i]) for i in chosen)
        heads = [[""] * (depth - len(split[i])) + split[i] for i in chosen]
        shown = [widths[i] for i in chosen]
        grid = [tuple(head[level] for head in heads) for level in range(depth)]
        lines += [_line(row, shown, is_prose=table.is_prose) for row in grid]
        lines.append("-" * min(width, sum(shown) + _GAP * (len(shown) - 1)))
        lines += [_line([row[i] for i in chosen], shown, is_prose=table.is_prose) for row in cells]
        lines.append("")
    return "\n".join([*lines[:-1], *(textwrap.fill(plain(note), width) for note in table.notes)])


def _flat(text: str) -> str:
    return " ".join(plain(text).split())


def _broken(heading: str) -> list[str]:
    """A long heading on several lines, parted at hyphens and blanks."""
    return re.findall(r"[^- ]+-?", heading) if len(heading) > 8 else [heading]


def _blocks(widths: Sequence[int], width: int) -> list[list[int]]:
    blocks: list[list[int]] = [[0]]
    used = widths[0]
    for number in range(1, len(widths)):
        if len(blocks[-1]) > 1 and used + _GAP + widths[number] > width:
            blocks.append([0])
            used = widths[0]
        blocks[-1].append(number)
        used += _GAP + widths[number]
    return blocks


def _line(cells: Sequence[str], widths: Sequence[int], *, is_prose: bool) -> str:
    padded = []
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - columns(cell))
        padded.append(cell + space if number == 0 or is_prose else space + cell)
    return (" " * _GAP).join(padded).rstrip()


def markdown_table(table: Table, *, level: int = 3) -> str:
    """With a heading of this level; level 0: without its title."""
    lines = [f"{'#' * level} {_marked(table.title)}", ""] if level else []
    rule = ["---"] + ["---" if table.is_prose else "---:"] * (len(table.headings) - 1)
    for row in (tuple(map(_marked, table.headings)), tuple(rule), *_marked_rows(table)):
        lines.append(f"| {' | '.join(row)} |")
    for note in table.notes:
        lines += ["", _marked(note)]
    return "\n".join(lines)


def _marked_rows(table: Table) -> list[tuple[str, ...]]:
    return [tuple(_marked(cell) for cell in row) for row in table.rows]


def _marked(text: str) -> str:
    return _MARKS.sub(r"\\\1", _flat(text))


def html_table(table: Table, *, level: int = 3) -> str:
    """With a heading of this level; everything escaped."""
    heads = "".join(f'<th scope="col">{escape(plain(word))}</th>' for word in table.headings)
    rows = "".join(
        f'<tr><th scope="row">{escape(plain(row[0]))}</th>'
        + "".join(f"<td>{escape(plain(cell))}</td>" for cell in row[1:])
        + "</tr>\n"
        for row in table.rows
    )
    notes = "".join(f"<p>{escape(plain(note))}</p>\n" for note in table.notes)
    kind = "prose" if table.is_prose else "numbers"
    return (
        f"<h{level}>{escape(plain(table.title))}</h{level}>\n"
        f'<div class="wide"><table class="{kind}"><thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>\n{notes}"
    )

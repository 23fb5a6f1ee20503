"""A report as one HTML page: nothing is loaded, nothing is a script, everything foreign is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.pictures import Picture
from smallcode_jupyter.bench.report import (
    Report,
    Section,
    facts_of,
    notes_of,
    rows_of,
    suites_of,
    tables_of,
)
from smallcode_jupyter.bench.rows import Row
from smallcode_jupyter.bench.statistics import arms_of
from smallcode_jupyter.bench.tables import html_table
from smallcode_jupyter.render.plain import plain

__all__ = ["make_page"]

_CSS = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 76rem;
  padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 2px solid #1a1a1a; }
h3 { margin: 2rem 0 .5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; text-align: left; }
table.numbers td, table.numbers thead th + th { text-align: right; font-variant-numeric: tabular-nums; }
table.numbers td { white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .9rem; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
td.solved { background: #e3f1ea; }
td.failed { background: #fbeee2; }
td.skipped { color: #555; }
details p { margin: .2rem 0; max-width: 24rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; }
summary { cursor: pointer; }
"""


def make_page(report: Report, pictures: Mapping[int, Sequence[Picture]]) -> str:
    """The page. `pictures` are by the section's number."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>smallcode bench report</title>\n<style>{_CSS}</style>\n</head>\n<body>\n<main>\n"
        "<h1>smallcode bench report</h1>\n"
    ]
    parts += [f"<p>{escape(note)}</p>\n" for note in notes_of(report)]
    for number, section in enumerate(report.sections):
        parts.append(_section(section, report.control, pictures.get(number, ())))
    parts.append("</main>\n</body>\n</html>\n")
    return "".join(parts)


def _section(section: Section, control: str, pictures: Sequence[Picture]) -> str:
    facts = "".join(f"<dt>{escape(n)}</dt><dd>{escape(plain(v))}</dd>\n" for n, v in facts_of(section))
    drawn = "".join(
        f"<figure>{_named(picture)}<figcaption>{escape(plain(picture.about))}</figcaption></figure>\n"
        for picture in pictures
    )
    tables = "".join(html_table(table) for table in tables_of(section, control=control))
    tasks = "".join(_task_list(section, suite) for suite in suites_of(section.rows))
    return f"<section>\n<h2>{escape(plain(section.title))}</h2>\n<dl>{facts}</dl>\n{tables}{drawn}{tasks}</section>\n"


def _named(picture: Picture) -> str:
    words = escape(plain(picture.about), quote=True)
    return picture.svg.replace("<svg ", f'<svg role="img" aria-label="{words}" ', 1)


def _task_list(section: Section, suite: str) -> str:
    rows = [row for row in section.rows if row.suite == suite]
    arms = arms_of(rows)
    found: dict[tuple[str, str], dict[Arm, list[Row]]] = {}
    for arm in arms:
        for row in rows_of(rows, arm):
            found.setdefault((row.category, row.task), {}).setdefault(arm, []).append(row)
    heads = "".join(f'<th scope="col">{escape(plain(arm.name))}</th>' for arm in arms)
    lines = []
    for (category, task), cells in sorted(found.items()):
        marks = "".join(_cell(cells.get(arm, [])) for arm in arms)
        lines.append(
            f'<tr><th scope="row">{escape(plain(task))}</th><td>{escape(plain(category))}</td>{marks}</tr>\n'
        )
    return (
        f"<h3>Suite {escape(plain(suite))}, task by task</h3>\n"
        f'<div class="wide"><table><thead><tr><th scope="col">task</th><th scope="col">category</th>{heads}</tr>'
        f"</thead>\n<tbody>\n{''.join(lines)}</tbody></table></div>\n"
    )


def _cell(rows: Sequence[Row]) -> str:
    """A mark, in words too; behind it the first problem."""
    if not rows:
        return "<td>–</td>"
    made = [row for row in rows if row.status != "skipped"]
    if not made:
        return f'<td class="skipped">{_detail("skipped", rows[0].problems)}</td>'
    hits = sum(row.status == "solved" for row in made)
    several = f" {hits}/{len(made)}" if len(made) > 1 else ""
    if hits == len(made):
        return f'<td class="solved">✓ solved{several}</td>'
    failed = next(row for row in made if row.status != "solved")
    kind = (failed.failure or "failed").replace("_", " ")
    mark = "◐" if hits else "✗"
    return (
        f'<td class="{"" if hits else "failed"}">{_detail(f"{mark}{several} {kind}", failed.problems)}</td>'
    )


def _detail(summary: str, problems: Sequence[str]) -> str:
    words = escape(plain(summary))
    if not problems:
        return words
    return f"<details><summary>{words}</summary><p>{escape(plain(problems[0]))}</p></details>"

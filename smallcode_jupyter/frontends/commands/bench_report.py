"""`smallcode bench report` and `smallcode bench compare`: what result files say."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console

if TYPE_CHECKING:
    from smallcode_jupyter.bench.report import Report

__all__ = ["add_bench_report"]

_BAD_INPUT = 64
"""EX_USAGE of sysexits.h: 2 is taken by `within noise`."""


def add_bench_report(actions: Any) -> None:  # argparse keeps its own type private
    """The options of both actions."""
    report = actions.add_parser("report", help="tables, pictures and a page from result files")
    report.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="of equal attempts the later counts"
    )
    report.add_argument(
        "--control",
        default="oneshot",
        metavar="AGENT",
        help="others are compared with it (default: %(default)s)",
    )
    report.add_argument("--markdown", action="store_true", help="print Markdown")
    report.add_argument(
        "--out", type=Path, metavar="DIR", help="write report.html, report.md and the pictures there"
    )
    report.set_defaults(run=_report)
    compare = actions.add_parser(
        "compare",
        help="is B better than A? exit status 0 better, 1 worse, 2 within noise, 64 for files of no use",
    )
    compare.add_argument("first", type=Path, metavar="A")
    compare.add_argument("second", type=Path, metavar="B")
    for option, what in (
        ("--agent", "agent"),
        ("--without", "technique switched off, or none"),
        ("--model", "model"),
    ):
        compare.add_argument(
            option,
            action="append",
            default=[],
            metavar="NAME",
            help=f"{what}; once for both, or for A and for B",
        )
    compare.set_defaults(run=_compare)


def _report(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.bench.report import gather_rows, make_report

    report = make_report(gather_rows(args.files), control=args.control)
    console.say(_markdown(report) if args.markdown else _text(report, console.width))
    if args.out is not None:
        for path in _write(report, args.out):
            console.note(f"written: {path}")
    return 0


def _text(report: Report, width: int) -> str:
    from smallcode_jupyter.bench.report import facts_of, notes_of, tables_of
    from smallcode_jupyter.bench.tables import text_table
    from smallcode_jupyter.render.plain import plain

    parts = list(notes_of(report))
    for section in report.sections:
        title = plain(section.title)
        facts = [f"{name}: {plain(value)}" for name, value in facts_of(section)]
        parts.append("\n".join([title, "=" * min(width, len(title)), *facts]))
        parts += [text_table(table, width=width) for table in tables_of(section, control=report.control)]
    return "\n\n".join(parts)


def _markdown(report: Report, pictures: dict[int, list[str]] | None = None) -> str:
    from smallcode_jupyter.bench.report import facts_of, notes_of, tables_of
    from smallcode_jupyter.bench.tables import Table, markdown_table

    parts = ["# smallcode bench report", *notes_of(report)]
    for number, section in enumerate(report.sections):
        facts = Table(title=section.title, headings=("fact", "value"), rows=facts_of(section), is_prose=True)
        parts.append(markdown_table(facts, level=2))
        parts += [markdown_table(table) for table in tables_of(section, control=report.control)]
        parts += (pictures or {}).get(number, [])
    return "\n\n".join(parts)


def _write(report: Report, folder: Path) -> Sequence[Path]:
    """Pictures, page and Markdown. Raises UsageError without matplotlib, or where the folder cannot be written."""
    from smallcode_jupyter.bench.page import make_page
    from smallcode_jupyter.bench.pictures import draw, render
    from smallcode_jupyter.protocol.errors import UsageError

    pictures = {
        number: [
            render(drawing, prefix=f"{number + 1}-" if len(report.sections) > 1 else "")
            for drawing in draw(section)
        ]
        for number, section in enumerate(report.sections)
    }
    files: dict[str, bytes] = {"report.html": make_page(report, pictures).encode()}
    shown: dict[int, list[str]] = {}
    for number, found in pictures.items():
        shown[number] = [f"![{picture.about}]({picture.name}.svg)" for picture in found]
        for picture in found:
            files |= {f"{picture.name}.svg": picture.svg.encode(), f"{picture.name}.png": picture.png}
    files["report.md"] = f"{_markdown(report, shown)}\n".encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise UsageError(f"The report cannot be written to {folder}.", why=f"{error}.") from error
    return [folder / name for name in files]


def _compare(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.bench.compare import choose_side, compare, for_each_side
    from smallcode_jupyter.bench.report import gather_rows
    from smallcode_jupyter.protocol.errors import UsageError
    from smallcode_jupyter.render.plain import plain

    try:
        agents = for_each_side(args.agent, option="--agent")
        techniques = for_each_side(args.without, option="--without")
        models = for_each_side(args.model, option="--model")
        sides = [
            choose_side(gather_rows([path]), where=str(path), agent=agent, without=without, model=model)
            for path, agent, without, model in zip(
                (args.first, args.second), agents, techniques, models, strict=True
            )
        ]
    except UsageError as error:
        console.note(plain(str(error.problem)))
        return _BAD_INPUT
    comparison = compare(*sides)
    for line in comparison.lines():
        console.say(plain(line))
    return comparison.exit_status

"""The README's table, made from the committed results."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.report import SUITE_SIZES, count_words, gather_rows, make_report, rows_of
from smallcode_jupyter.bench.rows import Row
from smallcode_jupyter.bench.statistics import ArmSummary, arms_of, summarise
from smallcode_jupyter.bench.tables import Table, markdown_table
from smallcode_jupyter.protocol.errors import UsageError

__all__ = [
    "BEGIN",
    "END",
    "Known",
    "make_block",
    "read_known",
    "read_results",
    "replace_block",
    "results_folder",
]

BEGIN, END = "<!-- benchmark:begin -->", "<!-- benchmark:end -->"
_EMPTY = "Nothing has been measured with this benchmark yet."
_HEADINGS = ("agent", "model", *SUITE_SIZES, "tokens per task", "seconds per task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A figure from elsewhere."""

    agent: str
    model: str
    suite: str
    solved: int
    tried: int
    note: str
    is_comparable: bool
    """Whether it was graded by execution on tasks of this suite."""
    prompt_tokens: int = 0
    """Of all tasks. 0: not known."""
    completion_tokens: int = 0


def results_folder() -> Path:
    """Where the committed results are."""
    return Path(__file__).with_name("results")


def read_results(folder: Path) -> tuple[Row, ...]:
    """The rows of every `*.jsonl`, by the files' names. Raises UsageError for a bad file."""
    return gather_rows(sorted(folder.glob("*.jsonl")))


def read_known(folder: Path) -> tuple[Known, ...]:
    """`known.toml`. Raises UsageError where it is malformed."""
    path = folder / "known.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(Known(**fields) for fields in found["known"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} cannot be read.", why=f"{error}.") from error


def make_block(rows: Sequence[Row], known: Sequence[Known]) -> str:
    """The Markdown between the two marks: one table for each machine, the known figures below the first one's arms.

    Arms with a technique switched off are left to the report.
    """
    extra = [_known_cells(figure, number) for number, figure in enumerate(known, start=1)]
    notes = [f"{number}. {figure.agent}: {figure.note}." for number, figure in enumerate(known, start=1)]
    if not rows:
        return "\n\n".join([_EMPTY, _table(extra), "\n".join(notes)])
    machines: dict[str, list[tuple[str, ...]]] = {}
    for section in make_report(rows).sections:
        kept = [row for row in section.rows if not row.without]
        found = machines.setdefault(section.machine, [])
        found += [_arm_cells(arm, section.model, rows_of(kept, arm)) for arm in arms_of(kept)]
    parts = []
    ordered = sorted(machines, key=lambda machine: ("GPU:" in machine, machine))
    for number, machine in enumerate(ordered):
        elsewhere = extra if number == 0 else []
        heading = f"On {machine or 'an unnamed machine'}"
        heading += f" (the last {len(elsewhere)} rows: from elsewhere, see the notes):" if elsewhere else ":"
        parts += [heading, _table([*machines[machine], *elsewhere])]
    means = (
        "Solved of tried; a sample of a suite is marked as one. Tokens and seconds: means of all attempts."
    )
    return "\n\n".join([*parts, means, "\n".join(notes)])


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    return markdown_table(Table(title="", headings=_HEADINGS, rows=tuple(rows)), level=0)


def _arm_cells(arm: Arm, model: str, rows: Sequence[Row]) -> tuple[str, ...]:
    suites = [_suite_cell(suite, summarise(arm, rows_of(rows, arm, suite=suite))) for suite in SUITE_SIZES]
    known = [row for row in rows if row.suite in SUITE_SIZES]
    total = summarise(arm, known)
    cost = (f"{total.tokens:,.0f}", f"{total.seconds:,.0f}") if total.tasks else ("–", "–")
    return (arm.name, model, *suites, *cost)


def _suite_cell(suite: str, found: ArmSummary) -> str:
    if not found.tasks:
        return "skipped" if found.skipped else "–"
    cell = f"{count_words(found.solved, found.tasks)} ({found.share:.0%})"
    if found.tasks < SUITE_SIZES[suite]:
        cell += f", {found.tasks} of {SUITE_SIZES[suite]} tasks"
    return cell + (f", {found.seeds} seeds" if found.seeds > 1 else "")


def _known_cells(figure: Known, number: int) -> tuple[str, ...]:
    mark = f"note {number}"
    count = f"{figure.solved}/{figure.tried}"
    if figure.is_comparable:
        sample = f", {figure.tried} of {SUITE_SIZES[figure.suite]} tasks"
        cell = f"{count} ({figure.solved / figure.tried:.0%}){sample}, {mark}"
    else:
        cell = f"({count}, {mark})"
    spent = (figure.prompt_tokens + figure.completion_tokens) / figure.tried
    suites = [cell if suite == figure.suite else "–" for suite in SUITE_SIZES]
    return (figure.agent, figure.model, *suites, f"{spent:,.0f}" if spent else "–", "–")


def replace_block(text: str, block: str) -> str:
    """The README with this block between its marks. Raises UsageError where they are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UsageError(
            "The README has no place for the table.", hint=f"It stands between {BEGIN} and {END}."
        )
    return f"{before}{BEGIN}\n{block}\n{END}{after}"

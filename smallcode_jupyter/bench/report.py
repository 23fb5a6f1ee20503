"""What result files say: rows of one machine and one model together, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.rows import FAILURES, Row, Status, read_rows
from smallcode_jupyter.bench.statistics import (
    ArmSummary,
    Interval,
    Paired,
    arms_of,
    pair,
    scores,
    summarise,
)
from smallcode_jupyter.bench.tables import Table
from smallcode_jupyter.protocol.errors import UsageError

__all__ = [
    "SUITE_SIZES",
    "Report",
    "Section",
    "categories_of",
    "count_words",
    "facts_of",
    "gather_rows",
    "make_report",
    "notes_of",
    "rows_of",
    "sample_words",
    "skipped_table",
    "suites_of",
    "tables_of",
]

SUITE_SIZES = {"single": 100, "multi": 25, "notebook": 20, "humaneval": 164}
"""Tasks of a whole suite: an arm that tried fewer has run a sample."""
_PAIRED_NOTE = (
    "Ahead: solved by that arm alone; with several seeds, in a larger share of its attempts (both: level above zero). "
    "p is two-sided and exact (McNemar; with several seeds a sign flip of each task's mean difference), and not "
    "adjusted for the number of comparisons."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows of one machine and one model."""

    machine: str
    model: str
    model_hash: str
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """For people."""
        file = f" (file {self.model_hash[:8]})" if self.model_hash else ""
        return f"{self.model}{file} on {self.machine or 'an unnamed machine'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything in some files."""

    sections: tuple[Section, ...]
    replaced: int = 0
    """Rows left out because a later one of the same attempt came, in a later file or further down."""
    control: str = "oneshot"


def gather_rows(files: Iterable[Path]) -> tuple[Row, ...]:
    """The rows of the files, in order. Raises UsageError for what cannot be read or is no result."""
    rows: list[Row] = []
    for path in files:
        try:
            found = tuple(read_rows(path))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"The results {path} cannot be read.", why=f"{error}.") from error
        for row in found:
            if row.status not in get_args(Status) or row.failure not in ("", *FAILURES):
                why = f"The status of {row.task} is {row.status!r}, its failure {row.failure!r}."
                raise UsageError(f"The results {path} hold a row that is none.", why=why)
        rows += found
    return tuple(rows)


def make_report(rows: Sequence[Row], *, control: str = "oneshot") -> Report:
    """Of equal attempts (`Row.key`, machine and model file) the last one counts. Raises UsageError for no rows."""
    if not rows:
        raise UsageError("There are no results.", hint="`smallcode bench run` makes some.")
    latest = {(row.machine, row.model_hash, row.key): row for row in rows}
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in latest.values():
        groups.setdefault((row.machine, row.model, row.model_hash), []).append(row)
    sections = tuple(
        Section(machine=machine, model=model, model_hash=digest, rows=tuple(found))
        for (machine, model, digest), found in sorted(groups.items())
    )
    return Report(sections=sections, replaced=len(rows) - len(latest), control=control)


def rows_of(rows: Iterable[Row], arm: Arm, *, suite: str = "", category: str = "") -> list[Row]:
    """One arm's; of one suite or category if named."""
    return [
        row
        for row in rows
        if (row.agent, row.without) == (arm.agent, arm.without)
        and suite in ("", row.suite)
        and category in ("", row.category)
    ]


def suites_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """In the usual order."""
    names, known = {row.suite for row in rows}, tuple(SUITE_SIZES)
    return tuple(sorted(names, key=lambda name: (known.index(name) if name in known else len(known), name)))


def categories_of(rows: Iterable[Row], suite: str) -> tuple[str, ...]:
    """Of the suite, by name."""
    return tuple(sorted({row.category for row in rows if row.suite == suite}))


def tables_of(section: Section, *, control: str) -> tuple[Table, ...]:
    """Solved by category for each suite, cost, paired tests, techniques switched off, failures, what was skipped."""
    tables = [_solved_table(section, suite) for suite in suites_of(section.rows)]
    tables += [_cost_table(section), *_seed_table(section), *_paired_tables(section, control)]
    tables += _failure_table(section)
    return (*tables, *skipped_table(section))


def facts_of(section: Section) -> tuple[tuple[str, str], ...]:
    """Where the rows came from: model file, servers, commits, versions of agents, settings of the sampler, dates."""
    rows = section.rows
    versions = {f"{row.agent} {row.version}" for row in rows if row.version}
    agents = sorted({row.agent for row in rows if row.sampler})
    samplers = (f"{agent}: {_sampler_words([row for row in rows if row.agent == agent])}" for agent in agents)
    dates = sorted(row.started[:10] for row in rows if row.started)
    facts = (
        ("Machine", section.machine),
        ("Model", section.model),
        ("Model file, SHA-256", section.model_hash),
        ("Server", ", ".join(sorted({row.server for row in rows} - {""}))),
        ("Harness", ", ".join(sorted({row.commit for row in rows} - {""}))),
        ("Agents", ", ".join(sorted(versions))),
        ("Sampler of the first request", "; ".join(samplers)),
        ("Started", " to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""),
    )
    return tuple((name, value or "not known") for name, value in facts)


def _sampler_words(rows: Sequence[Row]) -> str:
    """`max_tokens 4 to 1314, temperature 0.0`: each setting with its smallest and largest value."""
    names = sorted({name for row in rows for name in row.sampler} - {"seed"})
    values = {name: sorted({row.sampler.get(name, 0) for row in rows}) for name in names}
    return ", ".join(f"{n} {' to '.join(map(str, dict.fromkeys((v[0], v[-1]))))}" for n, v in values.items())


def count_words(solved: float, tried: int) -> str:
    """`7/10`; a mean over seeds with one decimal."""
    return f"{solved:.1f}".removesuffix(".0") + f"/{tried}"


def _share_words(share: float, interval: Interval) -> str:
    return f"{share:.0%} ({interval.low * 100:.0f} to {interval.high * 100:.0f})"


def sample_words(suite: str, tasks: int) -> str:
    """Empty where the whole suite was tried."""
    size = SUITE_SIZES.get(suite, tasks)
    return f"{tasks} of {size} tasks" if tasks < size else ""


def _solved_table(section: Section, suite: str) -> Table:
    categories = categories_of(section.rows, suite)
    rows, notes = [], []
    for arm in arms_of(row for row in section.rows if row.suite == suite):
        found = rows_of(section.rows, arm, suite=suite)
        total = summarise(arm, found)
        cells = [_category_cell(rows_of(found, arm, category=category)) for category in categories]
        rows.append(
            (arm.name, *_total_cells(total), *(cells if len(categories) > 1 else ())),
        )
        if sample := sample_words(suite, total.tasks):
            skipped = f"; {total.skipped} skipped" if total.skipped else ""
            notes.append(f"{arm.name}: a sample, {sample}{skipped}.")
    seeds = max(
        (summarise(arm, rows_of(section.rows, arm, suite=suite)).seeds for arm in _arms(section)), default=1
    )
    if seeds > 1:
        notes.append("Several seeds: a task counts with the share of its attempts that solved it.")
    return Table(
        title=f"Suite {suite}: solved of tried, by category",
        headings=("arm", "all", "share (95%)", *(categories if len(categories) > 1 else ())),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _arms(section: Section) -> tuple[Arm, ...]:
    return arms_of(section.rows)


def _total_cells(total: ArmSummary) -> tuple[str, str]:
    if not total.tasks:
        return ("skipped", "–")
    return (count_words(total.solved, total.tasks), _share_words(total.share, total.interval))


def _category_cell(rows: Sequence[Row]) -> str:
    found = scores(rows)
    if not found:
        return "skipped" if rows else "–"
    return count_words(float(sum(score.mean for score in found.values())), len(found))


def _cost_table(section: Section) -> Table:
    rows = []
    for arm in _arms(section):
        for suite in suites_of(rows_of(section.rows, arm)):
            found = summarise(arm, rows_of(section.rows, arm, suite=suite))
            if found.tasks:
                rows.append((arm.name, suite, f"{found.attempts}", *_cost_cells(found)))
    return Table(
        title="Cost of an attempt, and of a solved task",
        headings=(
            "arm",
            "suite",
            "attempts",
            "tokens read",
            "of them cached",
            "tokens written",
            "seconds",
            "tokens per solved",
            "seconds per solved",
        ),
        rows=tuple(rows),
        notes=("Means, as the server counted. Per solved: what all attempts took, failures too.",),
    )


def _cost_cells(found: ArmSummary) -> tuple[str, ...]:
    means = (found.prompt_tokens, found.cached_tokens, found.completion_tokens, found.seconds)
    each = (found.tokens_per_solved, found.seconds_per_solved)
    return (*(f"{mean:,.0f}" for mean in means), *("–" if x is None else f"{x:,.0f}" for x in each))


def _seed_table(section: Section) -> list[Table]:
    found = [
        (arm, suite, summarise(arm, rows_of(section.rows, arm, suite=suite)))
        for arm in _arms(section)
        for suite in suites_of(rows_of(section.rows, arm))
    ]
    several = [(arm, suite, summary) for arm, suite, summary in found if summary.pass_at]
    if not several:
        return []
    most = max(len(summary.pass_at) for _, _, summary in several)
    rows = tuple(
        (
            arm.name,
            suite,
            *(f"{share:.0%}" for _, share in summary.pass_at),
            *["–"] * (most - len(summary.pass_at)),
        )
        for arm, suite, summary in several
    )
    headings = ("arm", "suite", *(f"pass@{k}" for k in range(1, most + 1)))
    notes = ("pass@k: the chance that one of k attempts solves a task, without bias, mean over tasks.",)
    return [Table(title="Several attempts", headings=headings, rows=rows, notes=notes)]


def _paired_tables(section: Section, control: str) -> list[Table]:
    """Each agent against the control; each technique switched off against its agent with everything on."""
    arms = _arms(section)
    base = Arm(agent=control)
    rest = [arm for arm in arms if not arm.without and arm != base]
    tables = []
    if base in arms and rest:
        rows = [row for arm in rest for row in _paired_rows(section, base, arm)]
        tables.append(_paired_table(f"Against {base.name}, on the tasks that both tried", rows))
    ablated = [arm for arm in arms if arm.without and Arm(agent=arm.agent) in arms]
    if ablated:
        rows = [row for arm in ablated for row in _paired_rows(section, Arm(agent=arm.agent), arm)]
        tables.append(_paired_table("One technique switched off, against all switched on", rows))
    return tables


def _paired_rows(section: Section, base: Arm, arm: Arm) -> list[tuple[str, ...]]:
    suites = suites_of(rows_of(section.rows, arm))
    rows = []
    for suite in (*suites, "") if len(suites) > 1 else suites:
        found = pair(rows_of(section.rows, base, suite=suite), rows_of(section.rows, arm, suite=suite))
        if found.tasks:
            rows.append((arm.name, suite or "all", *_paired_cells(found)))
    return rows or [(arm.name, "all", "0", *["–"] * 7)]


def _paired_cells(found: Paired) -> tuple[str, ...]:
    low, high = found.interval
    ratio = "–" if found.token_ratio is None else f"{found.token_ratio:.2f}"
    return (
        f"{found.tasks}",
        f"{found.both}",
        f"{found.only_first}",
        f"{found.only_second}",
        f"{found.neither}",
        f"{found.difference * 100:+.0f} ({low * 100:+.0f} to {high * 100:+.0f})",
        "< 0.001" if found.p < 0.001 else f"{found.p:.3f}",
        ratio,
    )


def _paired_table(title: str, rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(
        title=title,
        headings=(
            "arm",
            "suite",
            "tasks",
            "both",
            "control ahead",
            "arm ahead",
            "neither",
            "points (95%)",
            "p",
            "tokens, ratio",
        ),
        rows=tuple(rows),
        notes=(_PAIRED_NOTE,),
    )


def _failure_table(section: Section) -> list[Table]:
    counts = {arm: dict(summarise(arm, rows_of(section.rows, arm)).failures) for arm in _arms(section)}
    kinds = [kind for kind in (*FAILURES, "unknown") if any(kind in found for found in counts.values())]
    if not kinds:
        return []
    rows = tuple(
        (arm.name, *(f"{found.get(kind, 0)}" for kind in kinds)) for arm, found in counts.items() if found
    )
    return [Table(title="Failed attempts by kind", headings=("arm", *(_words(k) for k in kinds)), rows=rows)]


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def skipped_table(section: Section) -> tuple[Table, ...]:
    """Every skipped task with its reason; all tasks of an arm that were skipped for the same one together."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in section.rows:
        if row.status == "skipped":
            name = Arm(agent=row.agent, without=row.without).name
            why = row.problems[0] if row.problems else "no reason is given"
            reasons.setdefault((name, why), []).append(f"{row.suite}/{row.task}")
    if not reasons:
        return ()
    rows = tuple(
        (name, why, f"{len(set(tasks))}", " ".join(f"{task}" for task in Counter(tasks)))
        for (name, why), tasks in sorted(reasons.items())
    )
    return (
        Table(
            title="Skipped: neither solved nor failed, in no figure above",
            headings=("arm", "reason", "tasks", "which"),
            rows=rows,
            is_prose=True,
        ),
    )


def notes_of(report: Report) -> tuple[str, ...]:
    """What holds for all of it."""
    notes = []
    if report.replaced:
        notes.append(
            f"{report.replaced} rows were left out: the same attempt came again later, and the later row counts."
        )
    if len(report.sections) > 1:
        notes.append(
            f"{len(report.sections)} sections, one for each machine and model: no figure mixes two of them."
        )
    base = Arm(agent=report.control)
    if not any(base in _arms(section) for section in report.sections):
        notes.append(f"There are no rows of the control, {base.name}: nothing is compared with it.")
    versions: dict[tuple[str, str], set[int]] = {}
    for row in (row for section in report.sections for row in section.rows):
        versions.setdefault((row.suite, row.task), set()).add(row.task_version)
    if changed := sorted(f"{suite}/{task}" for (suite, task), found in versions.items() if len(found) > 1):
        notes.append(f"Tried in several versions, each counted as a task of its own: {', '.join(changed)}.")
    return tuple(notes)

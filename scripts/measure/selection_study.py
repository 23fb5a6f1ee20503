"""How well one of several samples can be chosen, without asking the model again.

First draw samples, each a run of one answer; the first is greedy:

    smallcode bench run --suite humaneval --without improve --keep DIR --out greedy.jsonl
    smallcode bench run --suite humaneval --without improve --temperature 0.8 --seeds 5 --keep DIR --out samples.jsonl

then `python scripts/measure/selection_study.py DIR greedy.jsonl samples.jsonl`. For the first k samples of each task it
prints how many tasks are solved by the first, by a perfect choice (pass@k), by the first that no check refuses
(execution-guided), by agreement of behaviour among those (`smallcode_jupyter.selection`), with a stop as soon as enough
agree, and what each costs in written tokens.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.agent.voting import most_agreed, supporters
from smallcode_jupyter.bench.rows import Row, read_rows
from smallcode_jupyter.bench.tasks import BenchTask, load_suite
from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.protocol.checks import CheckRequest
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.workspace.staging import Staging


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One answer, as a run left it."""

    is_solved: bool
    tokens: int
    is_refused: bool
    score: tuple[int, float]
    behaviour: tuple[str, ...]


def main() -> None:
    """Read the samples, choose in every way, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("keep", type=Path)
    parser.add_argument("rows", type=Path, nargs="+")
    given = parser.parse_args()
    rows: dict[str, list[Row]] = defaultdict(list)
    for file in given.rows:
        for row in read_rows(file):
            rows[row.task].append(row)
    suites = {row.suite for found in rows.values() for row in found}
    tasks = {task.id: task for suite in suites for task in load_suite(suite)}
    samples = {}
    for name, found in sorted(rows.items()):
        samples[name] = look(tasks[name], found, given.keep)
        print(name, " ".join(mark(sample) for sample in samples[name]), flush=True)
    show(samples)


def mark(sample: Sample) -> str:
    """`+` solved, `-` not; in brackets if a check refused it."""
    sign = "+" if sample.is_solved else "-"
    return f"({sign})" if sample.is_refused else f" {sign} "


def look(task: BenchTask, rows: Sequence[Row], keep: Path) -> list[Sample]:
    """Check and observe every sample in one copy of the task's folder."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "work"
        shutil.copytree(task.folder / "workspace", root)
        staging = Staging(root, Path(name) / "scratch")
        checker, observer = Checker(staging), Observer(staging)
        for row in rows:
            parts = (row.suite, row.task, row.agent, row.without, str(row.seed))
            kept = keep / "-".join(filter(None, parts)) / "work"
            staging.reset()
            for path in task.editable:
                if (kept / path).is_file():
                    staging.write(path, (kept / path).read_text(encoding="utf-8"))
            paths = tuple(change.path for change in staging.changes().files)
            report = checker.check(CheckRequest(paths=paths, words=task.prompt))
            is_refused = report.status == "failed" or not paths
            behaviour = () if is_refused else observer.observe(paths, task.prompt).outcomes
            found.append(
                Sample(
                    is_solved=row.status == "solved",
                    tokens=row.completion_tokens,
                    is_refused=is_refused,
                    score=report.score,
                    behaviour=behaviour,
                )
            )
        staging.close()
    return found


def first_fine(samples: Sequence[Sample]) -> int:
    """The first that no check refuses; the first of all where there is none."""
    return next((index for index, sample in enumerate(samples) if not sample.is_refused), 0)


def agreed(samples: Sequence[Sample]) -> int:
    """The one that agrees most with the others, among those whose checks came out best."""
    top = max(sample.score for sample in samples)
    places = [place for place, sample in enumerate(samples) if sample.score == top and sample.behaviour]
    if not places:
        return first_fine(samples)
    return places[most_agreed([samples[place].behaviour for place in places])]


def enough(samples: Sequence[Sample]) -> int:
    """How many are drawn when the search ends as soon as two agree, or three where two differ."""
    for count in range(1, len(samples) + 1):
        fine = [sample.behaviour for sample in samples[:count] if not sample.is_refused]
        if fine and not all(fine):
            return count
        alike = supporters(fine, most_agreed(fine)) if fine else 0
        if alike >= 2 and (alike > 2 or len(fine) - alike <= 1):
            return count
    return len(samples)


def show(samples: dict[str, list[Sample]]) -> None:
    """The table, a line for each number of samples."""
    most = min(len(found) for found in samples.values())
    print(f"\n{len(samples)} tasks\nk  first  pass@k  execution  agreement  tokens of k")
    for k in range(1, most + 1):
        heads = [found[:k] for found in samples.values()]
        first = sum(head[0].is_solved for head in heads)
        perfect = sum(any(sample.is_solved for sample in head) for head in heads)
        guided = sum(head[first_fine(head)].is_solved for head in heads)
        voted = sum(head[agreed(head)].is_solved for head in heads)
        tokens = sum(sample.tokens for head in heads for sample in head) / len(heads)
        print(f"{k}  {first:5}  {perfect:6}  {guided:9}  {voted:9}  {tokens:11.0f}")
    heads = [found[: enough(found)] for found in samples.values()]
    stopped = sum(head[agreed(head)].is_solved for head in heads)
    tokens = sum(sample.tokens for head in heads for sample in head) / len(heads)
    drawn = sum(len(head) for head in heads) / len(heads)
    print(f"stopping when enough agree: {stopped} solved, {drawn:.2f} samples and {tokens:.0f} tokens a task")


if __name__ == "__main__":
    main()

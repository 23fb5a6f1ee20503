"""Running the examples of a file: those of its docstrings, and those of the task's words that use it."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from smallcode_jupyter.checks.extract import (
    Group,
    Step,
    defined_names,
    docstring_groups,
    has_code,
    lost_groups,
    word_groups,
)
from smallcode_jupyter.checks.judge import Record, describe_fault, judge_step
from smallcode_jupyter.checks.launch import Launcher, interpreter_paths
from smallcode_jupyter.checks.prose import PYTHON
from smallcode_jupyter.checks.prose_blocks import block_groups
from smallcode_jupyter.checks.scenarios import find_scenarios
from smallcode_jupyter.checks.subjects import LET, python_subjects
from smallcode_jupyter.checks.trim import first_few, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.policy import ProcessResult
from smallcode_jupyter.sandbox.scratch import scratch_folder

__all__ = ["check_examples", "run_steps"]

_CHILD = Path(__file__).with_name("child.py")
_STEP_SECONDS = 2.0
_IMPORT_SECONDS = 10.0
_MOST_STEPS = 60
_MOST_CHILDREN = 4
"""Each example that does not end costs one process."""
_RELATIVE_IMPORT = re.compile(r"^\s*from\s+\.", re.MULTILINE)
_CERTAIN_FAULTS = frozenset(
    {"NameError", "ImportError", "AttributeError", "TypeError", "SyntaxError"},
)
"""Faults on import that count also in a script, which may fail for want of arguments, input or files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What is known after all processes for one file."""

    import_status: Literal["ok", "raised", "hung", "ended"] = "ok"
    import_detail: str = ""
    import_fault: Record | None = None
    passed: int = 0
    failures: tuple[str, ...] = ()
    left_out: int = 0
    """Examples that were not run for want of time."""
    seconds: float = 0.0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Child:
    """What one process did."""

    result: ProcessResult
    records: tuple[Record, ...]
    hang: str
    """faulthandler's traceback, if a limit passed."""

    def of_stage(self, stage: str) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.get("stage") == stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The file under test as Python imports it."""

    path: str
    folder: Path
    module: str
    is_packaged: bool
    search: tuple[Path, ...]


def check_examples(
    path: str,
    text: str,
    *,
    before: str | None,
    words: str,
    launcher: Launcher,
    folder: Path,
    python: str,
) -> CheckResult | None:
    """Import the staged file and run its examples, all in one process as long as each of them ends.

    The result is named `examples`, or `import` where the file could not be imported. None where there is nothing
    to say: it can be imported and has no examples. Raises SandboxError where no process could be started.
    """
    names, documented = defined_names(text), (*docstring_groups(text), *lost_groups(before or "", text))
    stories = find_scenarios(words, python_subjects(text), names, PYTHON, let=LET["python"])
    below = block_groups(words, names, PYTHON, language="python")
    groups = _limited((*word_groups(words, names), *below, *stories, *documented))
    if not groups and PurePosixPath(path).name in ("__main__.py", "setup.py", "conftest.py"):
        return None
    file = _located(path, text, folder)
    run = _run_groups(file, groups, launcher, python)
    if run.is_cancelled:
        return CheckResult(name="examples", status="unchecked", target=path, detail="The run was stopped.")
    if run.import_status != "ok":
        return _import_result(run, path, text, before, has_examples=bool(groups), folder=folder)
    return _examples_result(run, path) if groups else None


def run_steps(
    path: str, text: str, groups: tuple[Group, ...], *, launcher: Launcher, folder: Path, python: str
) -> dict[int, Record]:
    """What came of each step that ended, by its place among all steps of `groups`; nothing is judged.

    Empty where the file cannot be imported. Raises SandboxError where no process could be started.
    """
    file = _located(path, text, folder)
    steps = sum(len(group.steps) for group in groups)
    starts = _group_starts(groups)
    deadline = time.monotonic() + launcher.seconds
    found: dict[int, Record] = {}
    first = 0
    for _ in range(_MOST_CHILDREN):
        left = deadline - time.monotonic()
        if left < 0.5:
            break
        child = _run_child(file, groups, first, launcher, python, left)
        for record in child.of_stage("finished"):
            index = record["index"]
            assert isinstance(index, int)
            found[index] = record
        ended_at = _unfinished(child) if child.of_stage("imported") else None
        if ended_at is None:
            break
        first = next((start for start in starts if start > ended_at), steps)
        if first == steps:
            break
    return found


def _limited(groups: Sequence[Group]) -> tuple[Group, ...]:
    kept: dict[tuple[Step, ...], Group] = {}
    count = 0
    for group in groups:
        if group.steps not in kept and count + len(group.steps) <= _MOST_STEPS:
            kept[group.steps] = group
            count += len(group.steps)
    return tuple(kept.values())


def _located(path: str, text: str, folder: Path) -> _File:
    file = folder / path
    top = file.parent
    names = [] if file.name == "__init__.py" else [file.stem]
    is_relative = bool(_RELATIVE_IMPORT.search(text))
    while top != folder and (is_relative or (top / "__init__.py").is_file()):
        names.insert(0, top.name)
        top = top.parent
    is_packaged = top != file.parent
    search = dict.fromkeys((top, *interpreter_paths(folder)))
    return _File(
        path=path,
        folder=folder,
        module=".".join(names) or file.parent.name,
        is_packaged=is_packaged,
        search=tuple(search),
    )


def _run_groups(file: _File, groups: tuple[Group, ...], launcher: Launcher, python: str) -> _Run:
    steps = [step for group in groups for step in group.steps]
    origins = [group.origin for group in groups for _ in group.steps]
    deadline = time.monotonic() + launcher.seconds
    run, first = _Run(), 0
    starts = _group_starts(groups)
    for _ in range(_MOST_CHILDREN):
        left = deadline - time.monotonic()
        if left < 0.5 and first:
            break
        child = _run_child(file, groups, first, launcher, python, max(left, 0.5))
        run = replace(run, seconds=run.seconds + child.result.seconds)
        if child.result.status == "cancelled":
            return replace(run, is_cancelled=True)
        if not child.of_stage("imported"):
            return _with_import_fault(run, child, file.folder)
        run = _with_steps(run, child, steps, origins, file.folder)
        ended_at = _unfinished(child) if steps else None
        if ended_at is None:
            return run
        failure = f"{steps[ended_at].source.strip()} {_how_it_ended(child, file.folder)}"
        run = replace(run, failures=(*run.failures, _labelled(failure, origins[ended_at])))
        first = next((start for start in starts if start > ended_at), len(steps))
        if first == len(steps):
            return run
    return replace(run, left_out=len(steps) - first)


def _group_starts(groups: tuple[Group, ...]) -> list[int]:
    starts, position = [], 0
    for group in groups:
        starts.append(position)
        position += len(group.steps)
    return starts


def _run_child(
    file: _File, groups: tuple[Group, ...], first: int, launcher: Launcher, python: str, seconds: float
) -> _Child:
    """Import the file and run the groups from the one that starts with step `first`."""
    nonce = secrets.token_hex(16)
    with scratch_folder() as name:
        scratch = Path(name)
        spec: dict[str, Json] = {
            "nonce": nonce,
            "report": str(scratch / "report"),
            "hang": str(scratch / "hang"),
            "path": str(file.folder / file.path),
            "module": file.module,
            "is_packaged": file.is_packaged,
            "roots": [f"{file.folder}/"],
            "search": [str(folder) for folder in file.search],
            "import_seconds": max(0.5, min(_IMPORT_SECONDS, seconds * 0.8)),
            "step_seconds": _STEP_SECONDS,
            "groups": [*_encoded_groups(groups, first)],
        }
        result = launcher.start(
            (python, "-B", str(_CHILD)),
            folder=file.folder,
            stdin=json.dumps(spec),
            write_roots=(file.folder, scratch),
            seconds=seconds,
        )
        child = _Child(
            result=result,
            records=_read_records(scratch / "report", nonce),
            hang=_read_text(scratch / "hang"),
        )
    if not child.of_stage("ready") and result.status == "exited":
        raise SandboxError("The examples could not be run.", why=result.stderr.strip()[-300:])
    return child


def _encoded_groups(groups: tuple[Group, ...], first: int) -> list[Json]:
    encoded: list[Json] = []
    index = 0
    for group in groups:
        steps: list[Json] = [
            {"index": index + offset, "kind": step.kind, "source": step.source, "right": step.right}
            for offset, step in enumerate(group.steps)
        ]
        if index >= first:
            encoded.append(steps)
        index += len(group.steps)
    return encoded


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _read_records(path: Path, nonce: str) -> tuple[Record, ...]:
    records: list[Record] = []
    for line in _read_text(path).splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue  # cut short when the process was killed
        if isinstance(record, dict) and record.get("nonce") == nonce:
            records.append(record)
    return tuple(records)


def _with_import_fault(run: _Run, child: _Child, folder: Path) -> _Run:
    raised = child.of_stage("import")
    fault = raised[0].get("error") if raised else None
    if isinstance(fault, dict):
        detail = f"raised {describe_fault(fault, folder=folder)}"
        return replace(run, import_status="raised", import_detail=detail, import_fault=fault)
    is_hung = bool(child.hang) or child.result.status == "timed_out"
    status: Literal["hung", "ended"] = "hung" if is_hung else "ended"
    return replace(run, import_status=status, import_detail=_how_it_ended(child, folder))


def _with_steps(
    run: _Run, child: _Child, steps: Sequence[Step], origins: Sequence[str], folder: Path
) -> _Run:
    passed, failures = run.passed, list(run.failures)
    for record in child.of_stage("finished"):
        index = record["index"]
        assert isinstance(index, int)
        try:
            failure = judge_step(steps[index], record, folder=folder)
        except ValueError as error:
            failure = f"{steps[index].source.strip()} could not be judged: {error}"
        if failure is None:
            passed += 1
        else:
            failures.append(_labelled(failure, origins[index]))
    return replace(run, passed=passed, failures=tuple(failures))


def _labelled(failure: str, origin: str) -> str:
    if not origin:
        return failure
    first, newline, rest = failure.partition("\n")
    return f"{first} ({origin}){newline}{rest}"


def _unfinished(child: _Child) -> int | None:
    """The step in which the process ended, or None if it got through."""
    if child.of_stage("done"):
        return None
    finished = {record["index"] for record in child.of_stage("finished")}
    started = [record["index"] for record in child.of_stage("started")]
    last = started[-1] if started else None
    if isinstance(last, int) and last not in finished:
        return last
    # It ended between two steps: something that the last one started ended it.
    return last if isinstance(last, int) else 0


def _how_it_ended(child: _Child, folder: Path) -> str:
    if child.hang or child.result.status == "timed_out":
        limit = re.search(r"Timeout \(0:00:(\d+)", child.hang)
        text = f"did not finish in {int(limit[1])} s" if limit else "did not finish in time"
        for file, line in re.findall(r'File "([^"]+)", line (\d+)', child.hang):
            if Path(file).is_relative_to(folder):
                fault: Record = {"type": text, "file": file, "line": int(line)}
                return describe_fault(fault, folder=folder).replace("\n  at ", "\n  still at ")
        return text
    code = child.result.exit_code
    return f"crashed Python (signal {-code})" if code < 0 else f"ended Python (exit code {code})"


def _import_result(
    run: _Run, path: str, text: str, before: str | None, *, has_examples: bool, folder: Path
) -> CheckResult:
    detail = trim_detail(f"importing {path} {run.import_detail}")
    reason = _excuse(run, text, before, has_examples=has_examples, folder=folder)
    return CheckResult(
        name="import",
        status="unchecked" if reason else "failed",
        target=path,
        failed=0 if reason else 1,
        detail=f"{reason} {detail}" if reason else detail,
        display=trim_display(detail),
        seconds=run.seconds,
    )


def _excuse(run: _Run, text: str, before: str | None, *, has_examples: bool, folder: Path) -> str:
    """Why the failed import is not this change's fault; empty if it is."""
    fault = run.import_fault or {}
    missing = re.search(r"No module named '([\w.]+)'", str(fault.get("message") or ""))
    if missing and before is not None:
        package = missing[1].partition(".")[0]
        if re.search(rf"\b{re.escape(package)}\b", before) and not (folder / package).exists():
            return f"{missing[1]} is not installed, so the file could not be tried."
    if (folder / "__init__.py").exists() and _RELATIVE_IMPORT.search(text):
        return "The workspace is itself a package, so the file could not be tried."
    if has_examples or not has_code(text):
        return ""
    kinds = fault.get("kinds")
    if isinstance(kinds, list) and _CERTAIN_FAULTS.intersection(map(str, kinds)):
        return ""
    if run.import_status == "ended" and "crashed" in run.import_detail:
        return ""
    return "It runs as a script, so it was only tried without arguments and input:"


def _examples_result(run: _Run, path: str) -> CheckResult:
    failed = len(run.failures)
    is_passed = not failed and run.passed and not run.left_out
    notes = [f"{run.left_out} examples were not run for want of time."] if run.left_out else []
    status: Literal["passed", "failed", "unchecked"]
    status = "failed" if failed else "passed" if is_passed else "unchecked"
    summary = f"{run.passed} of {run.passed + failed} examples hold."
    return CheckResult(
        name="examples",
        status=status,
        target=path,
        passed=run.passed,
        failed=failed,
        detail=trim_detail("\n".join([first_few(run.failures), *notes])),
        display=trim_display("\n".join([summary, *run.failures, *notes])),
        seconds=run.seconds,
    )

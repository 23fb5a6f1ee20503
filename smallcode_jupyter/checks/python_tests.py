"""Running Python's tests with pytest or unittest."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

from smallcode_jupyter.checks.launch import Launcher, interpreter_paths
from smallcode_jupyter.checks.outcomes import read_junit, read_unittest
from smallcode_jupyter.checks.test_run import TestPlan, TestRun, shown_command
from smallcode_jupyter.sandbox.policy import ProcessResult
from smallcode_jupyter.sandbox.scratch import scratch_folder

__all__ = ["USAGE_ERROR", "has_pytest", "run_python_tests"]

USAGE_ERROR = 4
"""pytest's exit status for arguments it does not understand."""
_HAS_PYTEST = "import importlib.util as u, sys; sys.exit(0 if u.find_spec('pytest') else 3)"


def run_python_tests(plan: TestPlan, *, launcher: Launcher, folder: Path, python: str) -> TestRun:
    """Run the plan's tests in `folder`. Raises SandboxError."""
    if plan.runner == "pytest" and has_pytest(python, launcher, folder):
        return _run_pytest(plan, launcher, folder, python)
    if plan.needs_pytest:
        reason = f"{plan.targets[0]} is written for pytest, which is not installed for {python}."
        return TestRun(command="pytest", reason=reason)
    return _run_unittest(plan, launcher, folder, python)


def has_pytest(python: str, launcher: Launcher, folder: Path) -> bool:
    """Whether the interpreter has pytest."""
    if python == sys.executable:
        return importlib.util.find_spec("pytest") is not None
    result = launcher.start((python, "-B", "-c", _HAS_PYTEST), folder=folder, seconds=10)
    return result.status == "exited" and result.exit_code == 0


def _run_pytest(plan: TestPlan, launcher: Launcher, folder: Path, python: str) -> TestRun:
    with scratch_folder() as name:
        scratch = Path(name)
        report = scratch / "report.xml"
        options = (
            "-x",
            "-q",
            "--no-header",
            "--tb=short",
            "--color=no",
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            "-o",
            "junit_logging=no",
            "-o",
            f"faulthandler_timeout={launcher.seconds / 2:.1f}",
        )
        result = _start_pytest(options, plan, launcher, folder, scratch, python)
        if result.status == "exited" and result.exit_code == USAGE_ERROR:
            # The project's own options may need plugins that are not here.
            result = _start_pytest((*options, "-o", "addopts="), plan, launcher, folder, scratch, python)
        text = report.read_text(encoding="utf-8", errors="replace") if report.is_file() else ""
    outcome = read_junit(text)
    return TestRun(command=shown_command("pytest", plan.targets), result=result, outcome=outcome)


def _start_pytest(
    options: Sequence[str], plan: TestPlan, launcher: Launcher, folder: Path, scratch: Path, python: str
) -> ProcessResult:
    return launcher.start(
        (python, "-B", "-m", "pytest", *options, *plan.targets),
        folder=folder,
        write_roots=(folder, scratch),
        imports_from=interpreter_paths(folder),
    )


def _run_unittest(plan: TestPlan, launcher: Launcher, folder: Path, python: str) -> TestRun:
    parents = dict.fromkeys((folder / path).parent for path in plan.targets)
    result = launcher.start(
        (python, "-B", "-X", "faulthandler", "-m", "unittest", "-f", "-v", "-b", *plan.targets),
        folder=folder,
        write_roots=(folder,),
        imports_from=tuple(dict.fromkeys((*interpreter_paths(folder), *parents))),
    )
    outcome = read_unittest(result.stderr)
    return TestRun(command=shown_command("python -m unittest", plan.targets), result=result, outcome=outcome)

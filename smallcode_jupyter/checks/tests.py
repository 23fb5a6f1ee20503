"""Running a workspace's tests, confined, and saying in few words what fails."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from smallcode_jupyter.checks.discover import TestPlan
from smallcode_jupyter.checks.launch import Launcher, interpreter_paths
from smallcode_jupyter.checks.outcomes import Outcome, hanging_line, read_junit, read_tap, read_unittest
from smallcode_jupyter.checks.trim import first_few, shorten, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult, CheckStatus
from smallcode_jupyter.sandbox.policy import ProcessResult

__all__ = ["run_tests"]

_USAGE_ERROR = 4
"""pytest's exit status for arguments it does not understand."""
_HAS_PYTEST = "import importlib.util as u, sys; sys.exit(0 if u.find_spec('pytest') else 3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ran:
    """A finished test run."""

    command: str
    """As a person would type it."""
    result: ProcessResult
    outcome: Outcome | None
    """None where it did not get to its end."""


def run_tests(
    plan: TestPlan,
    *,
    launcher: Launcher,
    folder: Path,
    python: str,
    written: Iterable[str] = (),
) -> CheckResult | None:
    """Run the plan's tests in `folder`, up to the first that fails. None where the plan has no tests.

    `written` are the paths that the run itself wrote: the verdict says so where tests are among them. No test
    having run, or no runner being there, is `unchecked`. Raises SandboxError where nothing could be started.
    """
    if not plan.runner or launcher.is_cancelled:
        return None
    ran: _Ran
    if plan.runner == "node":
        ran = _run_node(plan, launcher, folder)
    elif plan.runner == "pytest" and _has_pytest(python, launcher, folder):
        ran = _run_pytest(plan, launcher, folder, python)
    elif plan.needs_pytest:
        reason = f"{plan.targets[0]} is written for pytest, which is not installed for {python}."
        return CheckResult(name="tests", status="unchecked", target="pytest", detail=reason)
    else:
        ran = _run_unittest(plan, launcher, folder, python)
    own = [path for path in written if path in plan.targets]
    return _verdict(ran, launcher, folder, own)


def _has_pytest(python: str, launcher: Launcher, folder: Path) -> bool:
    if python == sys.executable:
        return importlib.util.find_spec("pytest") is not None
    result = launcher.start((python, "-B", "-c", _HAS_PYTEST), folder=folder, seconds=10)
    return result.status == "exited" and result.exit_code == 0


def _run_pytest(plan: TestPlan, launcher: Launcher, folder: Path, python: str) -> _Ran:
    with tempfile.TemporaryDirectory(prefix="smallcode-tests-") as name:
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
        if result.status == "exited" and result.exit_code == _USAGE_ERROR:
            # The project's own options may need plugins that are not here.
            result = _start_pytest((*options, "-o", "addopts="), plan, launcher, folder, scratch, python)
        text = report.read_text(encoding="utf-8", errors="replace") if report.is_file() else ""
    outcome = read_junit(text)
    return _Ran(command=_shown("pytest", plan.targets), result=result, outcome=outcome)


def _start_pytest(
    options: Sequence[str], plan: TestPlan, launcher: Launcher, folder: Path, scratch: Path, python: str
) -> ProcessResult:
    return launcher.start(
        (python, "-B", "-m", "pytest", *options, *plan.targets),
        folder=folder,
        write_roots=(folder, scratch),
        imports_from=interpreter_paths(folder),
    )


def _run_unittest(plan: TestPlan, launcher: Launcher, folder: Path, python: str) -> _Ran:
    parents = dict.fromkeys((folder / path).parent for path in plan.targets)
    result = launcher.start(
        (python, "-B", "-X", "faulthandler", "-m", "unittest", "-f", "-v", "-b", *plan.targets),
        folder=folder,
        write_roots=(folder,),
        imports_from=tuple(dict.fromkeys((*interpreter_paths(folder), *parents))),
    )
    outcome = read_unittest(result.stderr)
    return _Ran(command=_shown("python -m unittest", plan.targets), result=result, outcome=outcome)


def _run_node(plan: TestPlan, launcher: Launcher, folder: Path) -> _Ran:
    arguments = [word for word in plan.arguments if not word.startswith("--test-reporter")]
    result = launcher.start(
        ("node", "--test-reporter=tap", *arguments), folder=folder, write_roots=(folder,), is_node=True
    )
    return _Ran(command=f"node {' '.join(arguments)}", result=result, outcome=read_tap(result.stdout))


def _shown(program: str, targets: Sequence[str]) -> str:
    names = " ".join(targets[:3])
    return f"{program} {names}" + (f" and {len(targets) - 3} more" if len(targets) > 3 else "")


def _verdict(ran: _Ran, launcher: Launcher, folder: Path, own: Sequence[str]) -> CheckResult:
    status, detail = _judged(ran, launcher, folder)
    outcome = ran.outcome or Outcome()
    failed = max(outcome.failed, 1) if status == "failed" else outcome.failed
    if own:
        names = ", ".join(PurePosixPath(path).name for path in own)
        detail = f"{detail}\n({names} was written or changed in this run.)".strip()
    output = "\n".join(part for part in (ran.result.stdout.strip(), ran.result.stderr.strip()) if part)
    detail, output = (text.replace(f"{folder}/", "") for text in (detail, output))
    return CheckResult(
        name="tests",
        status=status,
        target=ran.command,
        passed=outcome.passed,
        failed=failed,
        detail=trim_detail(detail),
        display=trim_display(output),
        seconds=ran.result.seconds,
    )


def _judged(ran: _Ran, launcher: Launcher, folder: Path) -> tuple[CheckStatus, str]:
    result, outcome = ran.result, ran.outcome
    if result.status == "cancelled":
        return "unchecked", "The run was stopped."
    if result.status == "timed_out":
        return "failed", _hung(ran, launcher, folder)
    if outcome is None:
        return _ended_early(ran, folder)
    if outcome.failed:
        return "failed", first_few(outcome.failures) or shorten(result.stdout, 600)
    if not outcome.passed:
        reason = (
            f"All {outcome.skipped} tests were skipped." if outcome.skipped else "No test was found in them."
        )
        return "unchecked", reason
    if result.exit_code != 0:
        return "failed", f"The tests passed, but the run ended with exit code {result.exit_code}."
    return "passed", ""


def _hung(ran: _Ran, launcher: Launcher, folder: Path) -> str:
    place = hanging_line(ran.result.stderr, folder)
    started = [line for line in ran.result.stderr.splitlines() if line.endswith(" ... ")]
    test = f" in {started[-1].split(' ')[0]}" if started else ""
    at = f", still at {place}" if place else ""
    return f"The tests did not finish in {launcher.seconds:g} s{test}{at}."


def _ended_early(ran: _Ran, folder: Path) -> tuple[CheckStatus, str]:
    code, said = ran.result.exit_code, (ran.result.stderr or ran.result.stdout).strip()
    if "ImportError while loading conftest" in said:
        return "failed", said[-600:]
    is_runners_fault = code > 0 and "Traceback" in said and str(folder) not in said
    if is_runners_fault or (ran.command.startswith("pytest") and code in (3, _USAGE_ERROR)):
        return "unchecked", f"The test runner could not start: {said[-400:]}"
    ended = f"signal {-code}" if code < 0 else f"exit code {code}"
    return "failed", f"The test run ended before it was done ({ended}): the code ended Python.\n{said[-300:]}"

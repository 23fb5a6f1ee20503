"""Running a workspace's tests, confined, and saying in few words what fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from smallcode_jupyter.checks.discover import is_test_file
from smallcode_jupyter.checks.faults import show_faults
from smallcode_jupyter.checks.languages.go import run_go_tests
from smallcode_jupyter.checks.languages.node_tests import run_node_tests
from smallcode_jupyter.checks.languages.rust import run_rust_tests
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.outcomes import Outcome, hanging_line
from smallcode_jupyter.checks.python_tests import USAGE_ERROR, run_python_tests
from smallcode_jupyter.checks.test_run import TestPlan, TestRun
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.trim import first_few, shorten, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult, CheckStatus
from smallcode_jupyter.sandbox.policy import ProcessResult

__all__ = ["run_tests"]

_REFUSED = re.compile(r"\b(?:EACCES|EPERM|EAI_AGAIN|ENETUNREACH|operation not permitted)\b", re.IGNORECASE)
_NETWORK = re.compile(r"\b(?:listen|bind|connect|getaddrinfo|socket|server|https?|port)\b", re.IGNORECASE)
_SCRIPT_FAULT = re.compile(r"^\s*(?:\w+ )?\[?\w*(?:Error\b|ERR_MODULE_NOT_FOUND).*", re.MULTILINE)


def run_tests(
    plan: TestPlan, *, launcher: Launcher, tree: Tree, python: str, written: Iterable[str] = ()
) -> CheckResult | None:
    """Run the plan's tests, up to the first that fails. None where the person stopped the run.

    `written` are the paths that the run itself wrote: the verdict says so where tests are among them. No test
    having run, or no runner being there, is `unchecked`. Raises SandboxError where nothing could be started.
    """
    if launcher.is_cancelled:
        return None
    if plan.runner in ("pytest", "unittest"):
        ran = run_python_tests(plan, launcher=launcher, folder=tree.folder, python=python)
    elif plan.runner == "go":
        ran = run_go_tests(plan, tree, launcher=launcher)
    elif plan.runner == "rust":
        ran = run_rust_tests(plan, tree, launcher=launcher)
    else:
        ran = run_node_tests(plan, tree, launcher=launcher)
    changed = tuple(written)
    status, detail = _judged(ran, plan, launcher, tree, changed)
    return _verdict(ran, status, detail, plan, tree, changed)


def _verdict(
    ran: TestRun, status: CheckStatus, detail: str, plan: TestPlan, tree: Tree, written: Sequence[str]
) -> CheckResult:
    outcome = ran.outcome or Outcome()
    failed = max(outcome.failed, 1) if status == "failed" else outcome.failed
    own = [PurePosixPath(path).name for path in written if path in plan.targets and is_test_file(path)]
    if own and ran.result is not None:
        detail = f"{detail}\n({', '.join(own)} was written or changed in this run.)".strip()
    output = (
        "\n".join(part for part in (ran.result.stdout.strip(), ran.result.stderr.strip()) if part)
        if ran.result
        else ""
    )
    detail, output = (text.replace(f"{tree.folder}/", "") for text in (detail, output))
    return CheckResult(
        name="tests",
        status=status,
        target=ran.command,
        passed=outcome.passed,
        failed=failed,
        detail=trim_detail(detail),
        display=trim_display(output),
        seconds=ran.result.seconds if ran.result else 0.0,
    )


def _judged(
    ran: TestRun, plan: TestPlan, launcher: Launcher, tree: Tree, written: Sequence[str]
) -> tuple[CheckStatus, str]:
    result, outcome = ran.result, ran.outcome
    if ran.faults:
        is_own = not written or any(fault.path in written or is_test_file(fault.path) for fault in ran.faults)
        shown = f"The tests do not compile:\n{show_faults(ran.faults, tree.text)}"
        return ("failed" if is_own else "unchecked"), shown
    if ran.reason or result is None:
        return "unchecked", ran.reason or "No test was found."
    if result.status == "cancelled":
        return "unchecked", "The run was stopped."
    if result.status == "timed_out":
        return "failed", _hung(result, launcher, tree.folder)
    if outcome is None:
        return _ended_early(result, plan, tree)
    if outcome.failed:
        meant = [text for text in outcome.failures if not (_REFUSED.search(text) and _NETWORK.search(text))]
        if outcome.failures and not meant:
            return "unchecked", "The tests that fail use the network, which they may not here."
        return "failed", first_few(meant) or shorten(result.stdout, 600)
    if not outcome.passed:
        reason = (
            f"All {outcome.skipped} tests were skipped." if outcome.skipped else "No test was found in them."
        )
        return "unchecked", reason
    if result.exit_code != 0:
        return "failed", f"The tests passed, but the run ended with exit code {result.exit_code}."
    return "passed", ""


def _hung(result: ProcessResult, launcher: Launcher, folder: Path) -> str:
    place = hanging_line(result.stderr, folder)
    started = [line for line in result.stderr.splitlines() if line.endswith(" ... ")]
    test = f" in {started[-1].split(' ')[0]}" if started else ""
    at = f", still at {place}" if place else ""
    return f"The tests did not finish in {launcher.seconds:g} s{test}{at}."


def _ended_early(result: ProcessResult, plan: TestPlan, tree: Tree) -> tuple[CheckStatus, str]:
    code, said = result.exit_code, (result.stderr or result.stdout).strip()
    if plan.runner in ("vitest", "jest", "mocha"):
        fault = _SCRIPT_FAULT.search(said)
        is_own = fault is not None and str(tree.folder) in said.replace(f"{tree.folder}/node_modules", "")
        if fault is None or not is_own:
            return "unchecked", f"The test runner could not start: {said[-400:]}"
        return "failed", f"The tests could not be loaded: {fault[0].strip()[:300]}"
    if "ImportError while loading conftest" in said:
        return "failed", said[-600:]
    is_runners_fault = code > 0 and "Traceback" in said and str(tree.folder) not in said
    if is_runners_fault or (plan.runner == "pytest" and code in (3, USAGE_ERROR)):
        return "unchecked", f"The test runner could not start: {said[-400:]}"
    ended = f"signal {-code}" if code < 0 else f"exit code {code}"
    ender = "Python" if plan.runner in ("pytest", "unittest") else "the program"
    return (
        "failed",
        f"The test run ended before it was done ({ended}): the code ended {ender}.\n{said[-300:]}",
    )

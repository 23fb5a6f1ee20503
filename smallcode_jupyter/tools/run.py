"""Running code, commands and tests: on copies, within limits, and asked about where it matters."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from threading import Event

from smallcode_jupyter.protocol.errors import Problem, SandboxError
from smallcode_jupyter.sandbox.confine import confinement_available
from smallcode_jupyter.sandbox.policy import ProcessResult, SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.process import run_confined
from smallcode_jupyter.sandbox.telling import tell_changes
from smallcode_jupyter.tools.risks import NETWORK, risks_of
from smallcode_jupyter.tools.workbench import Answer, Arguments, Workbench, denied
from smallcode_jupyter.workspace.scan import scan

__all__ = ["run_code", "run_command", "run_tests"]


def run_code(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """What the code prints, gives and changes in a copy of the variables. Code that fails is a result, too."""
    code = str(arguments["code"])
    if bench.code_runner is None:
        raise SandboxError("There is nothing to run code in here.", hint="Use run_command.")
    if bench.policy == "ask" and (refusal := _ask(bench, "run this code", code, ())):
        return refusal
    report = bench.code_runner.run(code, cancel)
    if report.status == "not_tried":
        problem = Problem(code="not_tried", what="The code was not run to its end.", why=report.reason)
        return Answer(content=_told(report, str(problem)), status="error", problem=problem)
    return Answer(content=_told(report, report.status))


def _told(report: TrialReport, verdict: str) -> str:
    parts = [verdict]
    for label, text in (("stdout", report.stdout), ("stderr", report.stderr), ("result", report.result)):
        if text.strip():
            parts.append(f"{label}:\n{text.rstrip()}")
    if report.error:
        parts.append(report.traceback or report.error)
    return "\n".join([*parts, *tell_changes(report)])


def run_command(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Exit status and output of a shell command in a copy of the workspace. A failing one is a result, too."""
    command = str(arguments["command"])
    risks = risks_of(command)
    if not confinement_available().protects_files:
        risks = (*risks, "this system cannot protect files from it")
    if (bench.policy == "ask" or risks) and (refusal := _ask(bench, "run this command", command, risks)):
        return refusal
    folder = bench.staging.materialise()
    policy = SandboxPolicy(
        write_roots=(folder,), allows_network=NETWORK in risks, seconds=bench.command_seconds
    )
    started = time.time_ns()
    result = run_confined(_shell(command), cwd=folder, policy=policy, cancel=cancel)
    parts = [_verdict(result, bench.command_seconds), result.stdout.rstrip(), result.stderr.rstrip()]
    parts.append(_lost_changes(folder, started))
    return Answer(content="\n".join(part for part in parts if part))


def _shell(command: str) -> tuple[str, ...]:
    if os.name != "posix":
        return ("cmd", "/c", command)
    return (shutil.which("bash") or "sh", "-c", command)


def _ask(bench: Workbench, verb: str, text: str, risks: tuple[str, ...]) -> Answer | None:
    """Ask the person; None if they agree, otherwise the answer to give."""
    because = f" ({', '.join(risks)})" if risks else ""
    if bench.approver is None:
        return denied(
            f"It may not {verb} unasked{because}.",
            why="Nobody can be asked here.",
            hint="Do without it, or tell the person to run it.",
        )
    if bench.approver(f"May it {verb}?{because}\n\n{text}"):
        return None
    return denied("The person did not allow it.", hint="Do without it.")


def _verdict(result: ProcessResult, seconds: float) -> str:
    if result.status == "timed_out":
        return f"Ended after {seconds:g} seconds, the most it may take."
    if result.status == "cancelled":
        return "Stopped by the person."
    return f"exit status {result.exit_code}"


def _lost_changes(folder: Path, started: int) -> str:
    """A note if the command changed text files: the copy it ran in is made anew each time."""
    changed = [path for path in scan(folder).paths if _changed_at(folder / path) >= started]
    if not changed:
        return ""
    names = ", ".join(changed[:10]) + (" and more" if len(changed) > 10 else "")
    return f"(It changed {names} in a copy, which is not kept. Use write_file to change files.)"


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_ctime_ns
    except OSError:
        return 0


def run_tests(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """The verdict of the tests on the staged state. Failing tests are a result."""
    if bench.test_runner is None:
        raise SandboxError("There is nothing to run tests with here.", hint="Use run_command.")
    path = str(arguments.get("path") or "")
    result = bench.test_runner(bench.name_of(path) if path else "", cancel)
    if result is None:
        return Answer(content="There are no tests here.")
    counts = f"{result.passed} passed, {result.failed} failed"
    verdict = (
        f"{result.status} ({result.target}): {counts}" if result.passed + result.failed else result.status
    )
    return Answer(
        content="\n".join(part for part in (verdict, result.detail) if part),
        display=result.display,
    )

"""The forked copy of a kernel: run one cell there, report, end. Nothing here returns to the caller's frames."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox import isolate, outcome
from smallcode_jupyter.sandbox.confine import confine_self
from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport

__all__ = ["CopyRequest", "run_copy"]

_RESULT_CHARS = 4_000
_TRACEBACK_CHARS = 4_000
_NAMES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRequest:
    """What the copy is to do, and where to."""

    code: str
    scratch: Path
    seconds: float
    parent: int
    report: int
    """The pipe for the report: eight digits of length, then JSON."""
    stdout: int
    stderr: int
    limits_blas: bool
    random_state: Any
    """Of the `random` module, which reseeds itself in every fork; None if it is not loaded."""


def run_copy(shell: Any, request: CopyRequest) -> NoReturn:
    """Isolate and confine this process, run the cell, send the report, and end. For the child of a fork only."""
    status = 1
    try:
        try:
            report = _run(shell, request)
        except SandboxError as error:
            report = TrialReport(status="not_tried", reason=str(error))
        except BaseException as error:  # noqa: BLE001  # leaving would run the caller's frames a second time
            reason = f"The trial could not be set up: {type(error).__name__}: {error}."
            report = TrialReport(status="not_tried", reason=reason)
        message = json.dumps(asdict(report)).encode()
        message = b"%08d" % len(message) + message
        while message:
            message = message[os.write(request.report, message) :]
        status = 0
    finally:
        os._exit(status)


def _run(shell: Any, request: CopyRequest) -> TrialReport:
    results: list[str] = []

    def show_result(value: object) -> None:
        if value is not None:
            results.append(_text_of(shell, value))

    isolate.detach_process(request.parent)
    isolate.redirect_streams(request.stdout, request.stderr)
    isolate.seal_files(frozenset((request.report,)))
    isolate.mute_shell(shell, show_result)
    isolate.use_scratch(request.scratch)
    isolate.quiet_plots()
    isolate.limit_native_threads(includes_blas=request.limits_blas)
    policy = SandboxPolicy(write_roots=(request.scratch,), seconds=request.seconds)
    confine_self(policy, is_strict=True, is_trial=True)
    if request.random_state is not None:
        sys.modules["random"].setstate(request.random_state)
    before = dict(shell.user_ns)
    execution = shell.run_cell(request.code, store_history=False)
    error = execution.error_before_exec or execution.error_in_exec
    return _report(shell, request.code, before, error, results)


def _text_of(shell: Any, value: object) -> str:
    """What the notebook would show as text."""
    formatter = shell.display_formatter.formatters["text/plain"]
    return outcome.shorten(str(formatter(value) or ""), _RESULT_CHARS)


def _report(
    shell: Any, code: str, before: dict[str, object], error: BaseException | None, results: list[str]
) -> TrialReport:
    added, changed, deleted = outcome.compare_names(before, shell.user_ns)
    line, trace, reason = "", "", ""
    if error is not None:
        line, trace = outcome.describe_error(error, code, shell.user_ns)
        reason = outcome.describe_refusal(error)
    return TrialReport(
        status="passed" if error is None else "not_tried" if reason else "failed",
        result=results[-1] if results else "",
        error=line,
        traceback=outcome.shorten(trace, _TRACEBACK_CHARS),
        added=added[:_NAMES],
        changed=changed[:_NAMES],
        deleted=deleted[:_NAMES],
        reason=reason,
    )

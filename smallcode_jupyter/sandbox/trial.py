"""Trying code before it counts: in a forked, confined copy of the live kernel, or in a fresh process."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from smallcode_jupyter.protocol.codec import decode
from smallcode_jupyter.sandbox.confine import confinement_available
from smallcode_jupyter.sandbox.forked import CopyRequest, run_copy
from smallcode_jupyter.sandbox.output import head_and_tail
from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.process import run_confined
from smallcode_jupyter.sandbox.quiescence import Readiness, check_readiness, fork_copy

__all__ = ["run_script_trial", "run_trial"]

_REPORT_BYTES = 1_000_000
_OUTPUT_CHARS = 200_000
_HEADER = 8
_POLL_MILLISECONDS = 20
_FRESH = Path(__file__).with_name("fresh.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """How a copy ended, as its parent saw it."""

    cause: str
    """`reported`, `died`, `timed_out`, `cancelled`."""
    message: bytes = b""
    wait_status: int = 0


def run_trial(
    shell: Any,
    code: str,
    *,
    seconds: float = 10.0,
    scratch: Path,
    cancel: threading.Event | None = None,
) -> TrialReport:
    """Run a cell in a forked copy of this kernel. The kernel, its variables, its files and its output stay as they are.

    `shell` is the running IPython shell; call it on the main thread. The copy reads everything and writes only
    below `scratch`. Whatever the code does is a report; where a copy is not safe now, or the confinement is what
    stopped the code, its status is `not_tried` with the reason. KeyboardInterrupt ends the copy and passes on.
    """
    started = time.monotonic()
    obstacle, readiness = _obstacle()
    if obstacle:
        return TrialReport(status="not_tried", reason=f"It was not tried: {obstacle}.")
    outputs = tuple(os.memfd_create(name) for name in ("trial-stdout", "trial-stderr"))
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        ending = _fork_and_watch(shell, code, started, seconds, scratch, outputs, readiness, cancel)
        return replace(
            _judge(ending, seconds),
            stdout=head_and_tail(outputs[0], _OUTPUT_CHARS),
            stderr=head_and_tail(outputs[1], _OUTPUT_CHARS),
            seconds=time.monotonic() - started,
        )
    except OSError as error:
        return TrialReport(
            status="not_tried", reason=f"It was not tried: the copy could not be set up ({error})."
        )
    finally:
        for number in outputs:
            os.close(number)


def _obstacle() -> tuple[str, Readiness]:
    readiness = check_readiness()
    if readiness.obstacle:
        return readiness.obstacle, readiness
    available = confinement_available()
    if not (available.protects_files and available.has_seccomp):
        return "this system cannot protect files from it", readiness
    return "", readiness


def _fork_and_watch(
    shell: Any,
    code: str,
    started: float,
    seconds: float,
    scratch: Path,
    outputs: tuple[int, ...],
    readiness: Readiness,
    cancel: threading.Event | None,
) -> _Ending:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    random = sys.modules.get("random")
    read_end, write_end = os.pipe()
    request = CopyRequest(
        code=code,
        scratch=scratch.resolve(),
        seconds=seconds,
        parent=os.getpid(),
        report=write_end,
        stdout=outputs[0],
        stderr=outputs[1],
        limits_blas=readiness.has_strangers,
        random_state=random.getstate() if random is not None else None,
    )
    process, wait_status = 0, 0
    # An interrupt between the fork and the `try` of either process would leave the other alone.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = fork_copy(readiness)
        if process == 0:
            run_copy(shell, request)
        os.close(write_end)
        write_end = -1
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        ending = _watch(process, read_end, started + seconds, cancel)
    finally:
        if process > 0:
            wait_status = _end(process)
        os.close(read_end)
        if write_end >= 0:
            os.close(write_end)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return replace(ending, wait_status=wait_status)


def _watch(process: int, read_end: int, deadline: float, cancel: threading.Event | None) -> _Ending:
    received = bytearray()
    poll = select.poll()
    poll.register(read_end, select.POLLIN)
    is_open, has_ended = True, False
    while True:
        chunk = b""
        if not is_open:
            time.sleep(_POLL_MILLISECONDS / 1000)
        elif poll.poll(0 if has_ended else _POLL_MILLISECONDS):
            chunk = os.read(read_end, 65_536)
            is_open = bool(chunk)
            received += chunk
        message = _whole_message(received)
        if message is not None:
            return _Ending(cause="reported", message=message)
        if not chunk and has_ended:
            return _Ending(cause="died")
        if cancel is not None and cancel.is_set():
            return _Ending(cause="cancelled")
        if time.monotonic() >= deadline:
            return _Ending(cause="timed_out")
        if not chunk:
            # Left unreaped, so that its number still names its group; the pipe is read once more after this.
            has_ended = os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _whole_message(received: bytearray) -> bytes | None:
    """The message once it is complete; what cannot become one is an empty message."""
    header = bytes(received[:_HEADER])
    if len(header) < _HEADER:
        return None
    if not header.isdigit() or int(header) > _REPORT_BYTES:
        return b""
    end = _HEADER + int(header)
    return bytes(received[_HEADER:end]) if len(received) >= end else None


def _end(process: int) -> int:
    """Kill the copy and all it started; its wait status."""
    for kill in (os.killpg, os.kill):
        try:
            kill(process, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue  # no group yet, or nobody left in it
    return os.waitpid(process, 0)[1]


def _judge(ending: _Ending, seconds: float) -> TrialReport:
    """The report, taken with caution: the code that was tried could have written it."""
    match ending.cause:
        case "timed_out":
            return TrialReport(status="timed_out", error=f"It did not end within {seconds:g} seconds.")
        case "cancelled":
            return TrialReport(status="not_tried", reason="The trial was stopped.")
        case "died":
            return TrialReport(status="crashed", error=_death(os.waitstatus_to_exitcode(ending.wait_status)))
        case _:
            return _parsed(ending.message)


def _parsed(message: bytes) -> TrialReport:
    try:
        return decode(TrialReport, json.loads(message))
    except (ValueError, RecursionError):
        return TrialReport(status="crashed", error="The process ended without a readable report.")


def _death(code: int) -> str:
    if code >= 0:
        return f"The process ended itself with exit status {code}."
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"The process was killed by {name}."


def run_script_trial(
    code: str,
    *,
    cwd: Path,
    policy: SandboxPolicy,
    namespace_code: str = "",
    cancel: threading.Event | None = None,
) -> TrialReport:
    """Run a cell in a fresh confined process in `cwd`, after `namespace_code`. For use without a kernel.

    No IPython there: `%magics` and `!commands` are syntax errors. Raises SandboxError where no process could be
    started.
    """
    request = {"code": code, "namespace_code": namespace_code, "cwd": str(cwd.absolute())}
    with tempfile.TemporaryDirectory(prefix="smallcode-") as folder:
        place = Path(folder) / "report.json"
        outcome = run_confined(
            [sys.executable, str(_FRESH), str(place)],
            cwd=cwd,
            policy=replace(policy, write_roots=(*policy.write_roots, Path(folder))),
            stdin=json.dumps(request),
            cancel=cancel,
        )
        message = b""
        if place.is_file() and place.stat().st_size <= _REPORT_BYTES:
            message = place.read_bytes()
    if outcome.status != "exited":
        report = _judge(_Ending(cause=outcome.status), policy.seconds)
    elif message:
        report = _parsed(message)
    else:
        report = TrialReport(status="crashed", error=_death(outcome.exit_code))
    return replace(report, stdout=outcome.stdout, stderr=outcome.stderr, seconds=outcome.seconds)

"""Trying code before it counts: in a forked, confined copy of the live kernel, or in a fresh process."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smallcode_jupyter.protocol.codec import decode
from smallcode_jupyter.sandbox.confine import confinement_available
from smallcode_jupyter.sandbox.evidence import Evidence, gather_evidence, with_evidence
from smallcode_jupyter.sandbox.files import coverable_folder
from smallcode_jupyter.sandbox.forked import CopyRequest, run_copy
from smallcode_jupyter.sandbox.isolate import thread_limits
from smallcode_jupyter.sandbox.namespaces import namespaces_available
from smallcode_jupyter.sandbox.output import head_and_tail
from smallcode_jupyter.sandbox.pages import find_buffers
from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.private import private_places
from smallcode_jupyter.sandbox.process import run_confined
from smallcode_jupyter.sandbox.quiescence import Readiness, check_readiness, fork_copy
from smallcode_jupyter.sandbox.scratch import scratch_folder

__all__ = ["run_script_trial", "run_trial"]

_REPORT_BYTES = 1_000_000
_OUTPUT_CHARS = 200_000
_HEADER = 8
_POLL_MILLISECONDS = 20
_TAIL_SECONDS, _TAIL_BYTES = 0.5, 2_000
_FRESH = Path(__file__).with_name("fresh.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """How a copy ended, as its parent saw it."""

    cause: str
    """`reported`, `died`, `timed_out`, `cancelled`."""
    message: bytes = b""
    wait_status: int = 0
    evidence: Evidence | None = None
    """What the parent saw of the copy itself; None if there was no copy to look at any more."""


@dataclass(slots=True, kw_only=True)
class _Watch:
    """Who wants to know while a copy runs, and who can stop it."""

    cancel: threading.Event | None
    on_tail: Callable[[str], None] | None
    output: int
    """The open file of its standard output."""
    told_at: float = field(default_factory=time.monotonic)
    told_size: int = 0

    def tell_tail(self) -> None:
        """The last lines, if it is time and there is something new."""
        if self.on_tail is None or time.monotonic() - self.told_at < _TAIL_SECONDS:
            return
        size = os.fstat(self.output).st_size
        if size != self.told_size:
            self.on_tail(
                os.pread(self.output, _TAIL_BYTES, max(0, size - _TAIL_BYTES)).decode(errors="replace")
            )
            self.told_size = size
        self.told_at = time.monotonic()


def run_trial(
    shell: Any,
    code: str,
    *,
    seconds: float = 10.0,
    scratch: Path,
    cancel: threading.Event | None = None,
    on_tail: Callable[[str], None] | None = None,
    prepare: Callable[[], BaseException | None] | None = None,
) -> TrialReport:
    """Run a cell in a forked copy of this kernel. The kernel, its variables, its files and its output stay as they
    are.

    `shell` is the running IPython shell; call it on the main thread. The copy reads everything but where secrets
    lie, and writes only below `scratch` and, where the system can lay a layer over it, in the working folder.
    `prepare` runs there, confined, before the cell; the error that it returns is reported as one of the cell.
    Whatever the code does is a report; where a copy is not safe now, or the confinement is what stopped the code,
    its status is `not_tried` with the reason. KeyboardInterrupt ends the copy and passes on.
    """
    started = time.monotonic()
    readiness = _readiness()
    if readiness.obstacle:
        reason = f"It was not tried: {readiness.obstacle}; {readiness.remedy}."
        return TrialReport(status="not_tried", reason=reason)
    outputs = tuple(os.memfd_create(name) for name in ("trial-stdout", "trial-stderr"))
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        request = replace(_request(shell, code, seconds, scratch, outputs, readiness), prepare=prepare)
        watch = _Watch(cancel=cancel, on_tail=on_tail, output=outputs[0])
        ending = _fork_and_watch(shell, request, started, readiness, watch)
        return replace(
            _judge(ending, seconds, shell.user_ns),
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


def _readiness() -> Readiness:
    readiness = check_readiness()
    available = confinement_available()
    if readiness.obstacle or (available.protects_files and available.has_seccomp):
        return readiness
    return Readiness(
        obstacle="this system cannot protect files from it", remedy="read the code and run it yourself"
    )


def _request(
    shell: Any,
    code: str,
    seconds: float,
    scratch: Path,
    outputs: tuple[int, ...],
    readiness: Readiness,
) -> CopyRequest:
    """All that the copy needs to know, found out before the fork. What comes from the caller is still missing."""
    scratch, folder = scratch.resolve(), Path.cwd()
    available, hidden = namespaces_available(), private_places(shell, folder)
    random = sys.modules.get("random")
    return CopyRequest(
        code=code,
        scratch=scratch,
        outside=scratch.parent,
        workspace=coverable_folder(folder, scratch, hidden) if available.layers else None,
        has_namespaces=available.works,
        hidden=hidden,
        buffers=find_buffers(shell.user_ns),
        seconds=seconds,
        parent=os.getpid(),
        report=-1,
        stdout=outputs[0],
        stderr=outputs[1],
        thread_limits=thread_limits(readiness.libraries, includes_blas=readiness.has_strangers),
        prepare=None,
        random_state=random.getstate() if random is not None else None,
    )


def _fork_and_watch(
    shell: Any, request: CopyRequest, started: float, readiness: Readiness, watch: _Watch
) -> _Ending:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    read_end, write_end = os.pipe()
    request = replace(request, report=write_end)
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
        ending = _watch(process, read_end, started + request.seconds, watch)
        if ending.cause == "reported":
            ending = replace(ending, evidence=gather_evidence(process, request))
    finally:
        if process > 0:
            wait_status = _end(process)
        os.close(read_end)
        if write_end >= 0:
            os.close(write_end)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return replace(ending, wait_status=wait_status)


def _watch(process: int, read_end: int, deadline: float, watch: _Watch) -> _Ending:
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
        if watch.cancel is not None and watch.cancel.is_set():
            return _Ending(cause="cancelled")
        watch.tell_tail()
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


def _judge(ending: _Ending, seconds: float, namespace: Mapping[str, object]) -> TrialReport:
    """The report, taken with caution: the code that was tried could have written it."""
    match ending.cause:
        case "timed_out":
            return TrialReport(status="timed_out", error=f"It did not end within {seconds:g} seconds.")
        case "cancelled":
            return TrialReport(status="not_tried", reason="The trial was stopped.")
        case "died":
            return TrialReport(status="crashed", error=_death(os.waitstatus_to_exitcode(ending.wait_status)))
        case _:
            report = _parsed(ending.message)
            return with_evidence(report, ending.evidence, namespace) if ending.evidence else report


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
    with scratch_folder() as folder:
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
        report = _judge(_Ending(cause=outcome.status), policy.seconds, {})
    elif message:
        report = _parsed(message)
    else:
        report = TrialReport(status="crashed", error=_death(outcome.exit_code))
    return replace(report, stdout=outcome.stdout, stderr=outcome.stderr, seconds=outcome.seconds)

"""Running a command confined: killed in time with all it started, its output kept within bounds."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.output import Capture
from smallcode_jupyter.sandbox.policy import ProcessResult, SandboxPolicy
from smallcode_jupyter.sandbox.private import private_places
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.starting import (
    find_program,
    kill_group,
    launch_arguments,
    small_environment,
)

__all__ = ["run_confined"]

_Status = Literal["exited", "timed_out", "cancelled"]
_POLL_SECONDS = 0.01
_GRACE_SECONDS = 0.2
"""How long to wait for output held back by a process that left the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    process: subprocess.Popen[bytes]
    stdout: Capture
    stderr: Capture
    pumps: tuple[threading.Thread, ...]
    stop: threading.Event


def run_confined(
    command: Sequence[str],
    *,
    cwd: Path,
    policy: SandboxPolicy,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    cancel: threading.Event | None = None,
) -> ProcessResult:
    """Run the command and wait for it; whatever it prints or returns is a result.

    It sees a small environment without secrets, laid over by `env`, and a home and temporary folder of its own that
    are gone afterwards. It cannot read where keys and passwords lie. When it ends, takes too long or `cancel` is set,
    everything in its process group is killed. Raises SandboxError where it could not be started, or not be held by
    what the system has.
    """
    with scratch_folder() as scratch:
        variables = small_environment(Path(scratch), env or {})
        executable = find_program(command, cwd, variables)
        within = replace(_hiding(policy, cwd), write_roots=(*policy.write_roots, Path(scratch)))
        read_status, write_status = os.pipe()
        try:
            arguments = launch_arguments((executable, *command[1:]), within, write_status)
            started = time.monotonic()
            running = _start(arguments, cwd, variables, stdin, write_status, policy)
            os.close(write_status)
            write_status = -1
            status = _await_end(running, started + policy.seconds, cancel)
            confinement = _confinement(read_status, status)
        finally:
            os.close(read_status)
            if write_status >= 0:
                os.close(write_status)
        return ProcessResult(
            status=status,
            exit_code=running.process.returncode,
            stdout=running.stdout.text(),
            stderr=running.stderr.text(),
            seconds=time.monotonic() - started,
            confinement=confinement,
        )


def _hiding(policy: SandboxPolicy, cwd: Path) -> SandboxPolicy:
    """The policy, with private places hidden unless it says itself what is."""
    if policy.hidden:
        return policy
    return replace(policy, hidden=private_places(None, cwd), hides_names=False)


def _start(
    arguments: Sequence[str],
    cwd: Path,
    variables: Mapping[str, str],
    stdin: str | None,
    status: int,
    policy: SandboxPolicy,
) -> _Running:
    # A file, not a pipe: a command that does not read its input cannot hold up the writer.
    with tempfile.TemporaryFile() as source:
        source.write((stdin or "").encode(errors="replace"))
        source.seek(0)
        try:
            process = subprocess.Popen(
                arguments,
                cwd=cwd,
                env=dict(variables),
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                pass_fds=(status,) if os.name == "posix" else (),
            )
        except (OSError, ValueError) as error:
            raise SandboxError("The command could not be started.", why=f"{error}.") from error
    assert process.stdout is not None
    assert process.stderr is not None
    stop = threading.Event()
    stdout, stderr = Capture(policy.output_chars), Capture(policy.output_chars)
    pumps = tuple(
        threading.Thread(target=_pump, args=(stream, capture, stop), name="smallcode-output", daemon=True)
        for stream, capture in ((process.stdout, stdout), (process.stderr, stderr))
    )
    for pump in pumps:
        pump.start()
    return _Running(process=process, stdout=stdout, stderr=stderr, pumps=pumps, stop=stop)


def _pump(stream: IO[bytes], capture: Capture, stop: threading.Event) -> None:
    """Read until the end, or until told to stop, also while somebody else keeps the pipe open."""
    with stream:
        number = stream.fileno()
        while not stop.is_set():
            if os.name == "posix" and not _is_ready(number, 0.05):
                continue
            chunk = os.read(number, 65_536)
            if not chunk:
                return
            capture.add(chunk)


def _is_ready(number: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _await_end(running: _Running, deadline: float, cancel: threading.Event | None) -> _Status:
    status: _Status = "exited"
    pause = cancel or threading.Event()
    try:
        while not _has_ended(running.process):
            if cancel is not None and cancel.is_set():
                status = "cancelled"
                break
            if time.monotonic() >= deadline:
                status = "timed_out"
                break
            pause.wait(_POLL_SECONDS)
    finally:
        kill_group(running.process)
        running.process.wait()
        end = time.monotonic() + _GRACE_SECONDS
        for pump in running.pumps:
            pump.join(max(0.0, end - time.monotonic()))
        running.stop.set()
    return status


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    if os.name != "posix":
        return process.poll() is not None
    # Left unreaped, so that its number still names its group when that is killed.
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _confinement(read_status: int, status: _Status) -> str:
    if os.name != "posix":
        return "unconfined"
    words = os.read(read_status, 4_096).decode(errors="replace") if _is_ready(read_status, 0) else ""
    if words.startswith("ok ") and "error\n" not in words:
        return words.split()[1]
    if status != "exited":
        return "not started"
    details = words.partition("error\n")[2].splitlines()
    what, why = (details[0], details[1]) if len(details) > 1 else ("The command could not be started.", "")
    raise SandboxError(what, why=why)

"""Processes that outlive the one that started them, and knowing them again later."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep

__all__ = ["end_process", "is_running", "process_mark", "start_detached"]

_POLL_SECONDS = 0.05
_PROC = Path("/proc")
_ENDED = ("", "Z", "X")
"""States of a process that is no more than an entry in a table."""


def start_detached(
    command: Sequence[str], *, log: Path, folder: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start a program of its own: a closed notebook or terminal does not end it. Raises OSError."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
        )
    # Takes note of its end, or a long-lived notebook would keep a dead entry in the process table.
    threading.Thread(target=process.wait, name="smallcode-server-end", daemon=True).start()
    return process


def process_mark(pid: int) -> str:
    """What tells this process from a later one of the same number: its start. Empty if there is no such process."""
    if _PROC.is_dir():
        try:
            text = (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return ""
        fields = text.rpartition(")")[2].split()
        return "" if fields[0] in _ENDED else fields[19]
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    try:
        line = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
    return "" if line[:1] in _ENDED else line.partition(" ")[2].strip()


def is_running(pid: int, mark: str) -> bool:
    """Whether the process of this number is still the one that had this mark."""
    return pid > 0 and mark != "" and process_mark(pid) == mark


def end_process(pid: int, mark: str, *, seconds: float = 5.0) -> bool:
    """Ask it to end, then end it. False if it did not run any more; never touches another process."""
    if not is_running(pid, mark):
        return False
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = monotonic() + seconds
        while is_running(pid, mark) and monotonic() < deadline:
            sleep(_POLL_SECONDS)
        if not is_running(pid, mark):
            break
    return True

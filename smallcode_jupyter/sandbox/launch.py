"""Run as `python -I -S launch.py STATUS_FD POLICY -- COMMAND...`: run the command confined, and end as it does.

A process of its own, because confining between fork and exec in a threaded parent can dead-lock. What came of
it is written to STATUS_FD: `ok NAME`, or `error` and a line each of what and why. This process stays and waits: should
whoever started it be killed, it ends the command with all of its group.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

_PR_SET_PDEATHSIG = 1


def _launch(arguments: list[str]) -> None:
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from smallcode_jupyter.protocol.errors import SandboxError
    from smallcode_jupyter.sandbox.confine import confine_self
    from smallcode_jupyter.sandbox.policy import SandboxPolicy

    status, fields, command = int(arguments[0]), json.loads(arguments[1]), arguments[3:]
    os.set_inheritable(status, False)
    parent = fields.pop("parent")
    if sys.platform == "linux":
        _stand_guard(status, parent)
    for name in ("write_roots", "hidden"):
        fields[name] = tuple(Path(root) for root in fields[name])
    try:
        confinement = confine_self(SandboxPolicy(**fields))
        for name in ("SIGPIPE", "SIGXFSZ"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        os.write(status, f"ok {confinement.name}\n".encode())
        os.execvp(command[0], command)
    except SandboxError as error:
        os.write(status, f"error\n{error.what}\n{error.why}\n".encode(errors="replace"))
    except OSError as error:
        os.write(
            status, f"error\n{command[0]} could not be started.\n{error.strerror}.\n".encode(errors="replace")
        )
    os._exit(127)


def _stand_guard(status: int, parent: int) -> None:
    """Returns in a child, which is to become the command; this process waits, and ends as the command does.

    `parent` is the process that asked for it.
    """

    def on_death(number: int, frame: FrameType | None) -> None:
        # Sent too where only the thread that started this ended.
        if os.getppid() != parent:
            os.killpg(0, signal.SIGKILL)

    signal.signal(signal.SIGTERM, on_death)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGTERM))
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        return
    os.close(status)
    if os.getppid() != parent:
        os.killpg(0, signal.SIGKILL)
    _end_as(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _end_as(code: int) -> NoReturn:
    if code < 0:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if -code not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    _launch(sys.argv[1:])

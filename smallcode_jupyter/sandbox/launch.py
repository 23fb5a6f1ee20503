"""Run as `python -I -S launch.py STATUS_FD POLICY -- COMMAND...`: confine it, then become the command.

A process of its own, because confining between fork and exec in a threaded parent can dead-lock. What came of
it is written to STATUS_FD: `ok NAME`, or `error` and a line each of what and why.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path


def _launch(arguments: list[str]) -> None:
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from smallcode_jupyter.protocol.errors import SandboxError
    from smallcode_jupyter.sandbox.confine import confine_self
    from smallcode_jupyter.sandbox.policy import SandboxPolicy

    status, fields, command = int(arguments[0]), json.loads(arguments[1]), arguments[3:]
    os.set_inheritable(status, False)
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


if __name__ == "__main__":
    _launch(sys.argv[1:])

"""Run as `python -m smallcode_jupyter.sandbox.kernel_launch -f CONNECTION_FILE`: start a kernel confined.

This process stays outside: it passes messages on, and to the kernel the addresses named by `--forward` and the servers
that the file `--domains` lists. It runs no code of the person's. Where the kernel cannot be confined, none is started.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from smallcode_jupyter.protocol.errors import SandboxError, SmallCodeError
from smallcode_jupyter.sandbox.bubblewrap import KernelLaunch, bubblewrap_arguments, check_bubblewrap
from smallcode_jupyter.sandbox.forwarding import PROXY, listen_outside
from smallcode_jupyter.sandbox.private import private_places
from smallcode_jupyter.sandbox.proxy import AllowList, start_proxy
from smallcode_jupyter.sandbox.relay import inner_connection, start_relay
from smallcode_jupyter.sandbox.seccomp import filter_program, has_seccomp

__all__ = ["main"]

_LOOK_SECONDS = 0.5


def main(arguments: list[str] | None = None) -> int:
    """The kernel's exit status; 1 with a sentence on standard error where it could not be started confined."""
    parser = argparse.ArgumentParser(description="Start an IPython kernel confined.")
    parser.add_argument("-f", dest="connection", type=Path, required=True)
    parser.add_argument("--forward", action="append", default=[], metavar="HOST:PORT")
    parser.add_argument("--writable", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--domains", type=Path, metavar="FILE")
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="smallcode-kernel-"))
    try:
        check_bubblewrap()
        _offer_network(folder, tuple(given.forward), given.domains, (Path.cwd(), *given.writable))
        return _run(given.connection, folder, tuple(given.writable))
    except (SmallCodeError, OSError) as error:
        print(f"The confined kernel was not started. {error}", file=sys.stderr)  # noqa: T201  # the server's log
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _offer_network(
    folder: Path, forward: tuple[str, ...], domains: Path | None, writable: tuple[Path, ...]
) -> None:
    listen_outside(folder, forward)
    if domains is not None:
        is_fixed = any(domains.resolve().is_relative_to(place.resolve()) for place in writable)
        start_proxy(folder / PROXY, AllowList(domains, is_fixed=is_fixed))


def _run(connection: Path, folder: Path, writable: tuple[Path, ...]) -> int:
    outer = json.loads(connection.read_text())
    inner = inner_connection(outer, folder)
    inside = folder / "connection.json"
    inside.touch(mode=0o600)
    inside.write_text(json.dumps(inner))
    workspace = Path.cwd()
    with tempfile.TemporaryFile() as program:
        program.write(_filter())
        program.seek(0)
        launch = KernelLaunch(
            workspace=workspace,
            channels=folder,
            writable=tuple(place for place in writable if place.is_dir()),
            hidden=tuple(place for place in private_places(None, workspace) if place.exists()),
            filter_handle=program.fileno(),
        )
        command = (sys.executable, "-m", "smallcode_jupyter.sandbox.kernel_inside", str(folder))
        process = subprocess.Popen(bubblewrap_arguments(launch, command), pass_fds=(program.fileno(),))
    start_relay(outer, inner)
    return _wait(process)


def _filter() -> bytes:
    if not has_seccomp():
        raise SandboxError("System calls cannot be filtered here.")
    machine = os.uname().machine
    return filter_program(allows_network=True, is_trial=False, machine=machine, allows_namespaces=True)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Until the kernel ends, or whoever started this process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts reach the kernel as messages
    signal.signal(signal.SIGTERM, lambda *_: process.kill())
    parent = os.getppid()
    while True:
        try:
            return process.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if os.getppid() != parent:
                process.kill()
                time.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    os._exit(main())  # the relay's threads wait for ever

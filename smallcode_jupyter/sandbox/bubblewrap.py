"""The command that starts a kernel confined: bubblewrap around ipykernel.

Everything is read-only but the folder worked in, a scratch folder and the notes of this program; places with
secrets are empty; there is no network, and no process, socket or shared memory of anybody else. `KernelLaunch` says
all of it as data.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from smallcode_jupyter.protocol.errors import SandboxError

__all__ = ["KernelLaunch", "bubblewrap_arguments", "check_bubblewrap"]

_HINT = "Install it (Debian, Ubuntu: apt install bubblewrap), or use the ordinary kernel."
_EMPTY = ("/tmp", "/run", "/var/tmp")
"""Folders where sockets of other programs lie."""
_KEPT_IN_WORKSPACE = (".git/hooks", ".git/config", ".vscode", ".idea", ".envrc")
"""Run or read later by programs outside: not to be planted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelLaunch:
    """What a confined kernel gets."""

    workspace: Path
    channels: Path
    """The folder of its sockets and its connection file."""
    writable: tuple[Path, ...] = ()
    hidden: tuple[Path, ...] = ()
    """Existing places that are empty inside."""
    filter_handle: int
    """An open file with the system call filter."""


@cache
def check_bubblewrap() -> None:
    """Raises SandboxError where bubblewrap is missing or does not work."""
    program = shutil.which("bwrap")
    if sys.platform != "linux" or program is None:
        raise SandboxError(
            "A kernel cannot be confined here.", why="The program bwrap was not found.", hint=_HINT
        )
    command = [program, *_options(), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "true"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxError("A kernel cannot be confined here.", why=f"{error}.", hint=_HINT) from error
    if done.returncode != 0:
        why = done.stderr.strip().rpartition("\n")[2] or f"bwrap ended with status {done.returncode}"
        raise SandboxError(
            "A kernel cannot be confined here.",
            why=f"{why}.",
            hint="This system or container does not allow user namespaces.",
        )


_NAMESPACES = (
    "--unshare-user",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--die-with-parent",
    "--new-session",
)
_CAPABILITIES_OF_ROOT = ("--cap-drop", "ALL", "--cap-add", "CAP_SETFCAP")
"""Started by root it would keep all and could lift what lies over hidden places. The one kept is what the system
asks of root to enter the namespaces of a trial."""


def _options() -> tuple[str, ...]:
    return (*_NAMESPACES, *_CAPABILITIES_OF_ROOT) if os.geteuid() == 0 else _NAMESPACES


def bubblewrap_arguments(launch: KernelLaunch, command: tuple[str, ...]) -> list[str]:
    """The command, confined. Later arguments lie over earlier ones."""
    program = shutil.which("bwrap") or "bwrap"
    arguments = [program, *_options(), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for folder in (place for place in _EMPTY if os.path.isdir(place)):
        arguments += ["--tmpfs", folder]
    needed = (Path(sys.prefix), Path(sys.base_prefix), Path(__file__).resolve().parents[2])
    for place in needed:
        arguments += ["--ro-bind", str(place), str(place)]
    for place in (launch.workspace, launch.channels, *launch.writable):
        arguments += ["--bind", str(place), str(place)]
    for name in _KEPT_IN_WORKSPACE:
        place = launch.workspace / name
        if place.exists():
            arguments += ["--ro-bind", str(place), str(place)]
    # After all else: a folder given above may contain one of these.
    for place in launch.hidden:
        arguments += ["--tmpfs", str(place)] if place.is_dir() else ["--ro-bind", os.devnull, str(place)]
    arguments += ["--unsetenv", "JPY_PARENT_PID", "--chdir", str(launch.workspace)]
    arguments += ["--seccomp", str(launch.filter_handle)]
    return [*arguments, "--", *command]

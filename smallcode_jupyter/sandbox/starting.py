"""What every confined process starts with: a small environment, its program found, its launcher's arguments."""

from __future__ import annotations

import json
import os
import shutil
import signal
import site
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.private import is_secret_name

__all__ = ["find_program", "kill_group", "launch_arguments", "small_environment"]

_LAUNCHER = Path(__file__).with_name("launch.py")
_PASSED_ON = (
    "CONDA_PREFIX",
    "LANG",
    "LANGUAGE",
    "LD_LIBRARY_PATH",
    "LOGNAME",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "PATH",
    "PATHEXT",
    "PYTHONPATH",
    "SYSTEMROOT",
    "TZ",
    "USER",
    "VIRTUAL_ENV",
)


def small_environment(scratch: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """The variables a confined process sees, without secrets, laid over by `extra`.

    Its home and temporary folders are made inside `scratch`.
    """
    home, temporary = scratch / "home", scratch / "tmp"
    home.mkdir()
    temporary.mkdir()
    kept = {name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith("LC_")}
    kept.setdefault("LANG", "C.UTF-8")
    # The notebook's own environment first: `python` and `pytest` should mean what they mean in the kernel.
    kept["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", os.defpath)))
    kept |= {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
        "PYTHONUSERBASE": site.getuserbase(),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "MPLBACKEND": "agg",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PAGER": "cat",
    }
    kept.update(extra)
    return {name: value for name, value in kept.items() if not is_secret_name(name)}


def find_program(command: Sequence[str], cwd: Path, variables: Mapping[str, str]) -> str:
    """The command's program, as a path. Raises SandboxError where there is none."""
    if not command or not command[0]:
        raise SandboxError("There is no command to run.", hint="Give the program's name.")
    if not cwd.is_dir():
        raise SandboxError(f"The command cannot run in {cwd}.", why="There is no such folder.")
    name = command[0]
    if os.path.dirname(name):
        found = shutil.which(cwd / name)
    else:
        found = shutil.which(name, path=variables["PATH"])
    if found is None:
        raise SandboxError(
            f"The command {name!r} was not found.",
            why="No program of that name is on the path.",
            hint="Use one that is installed, or Python code.",
        )
    return found


def launch_arguments(command: Sequence[str], policy: SandboxPolicy, status: int) -> list[str]:
    """The command, held to the policy from its first instruction; the launcher reports on pipe `status`."""
    if os.name != "posix":
        return list(command)
    fields = json.dumps(
        {
            "parent": os.getpid(),
            "write_roots": [str(root.absolute()) for root in policy.write_roots],
            "hidden": [str(root.absolute()) for root in policy.hidden],
            "hides_names": policy.hides_names,
            "allows_network": policy.allows_network,
            "seconds": policy.seconds,
            "memory_mb": policy.memory_mb,
            "file_mb": policy.file_mb,
        }
    )
    return [sys.executable, "-I", "-S", str(_LAUNCHER), str(status), fields, "--", *command]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the process, which must not have been waited for yet, and everything in its group."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass  # everything in it has ended already

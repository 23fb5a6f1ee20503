"""An agent's command line as a confined process: its own home, no way to what is hidden, ended with all it started."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.bench.agents.port import Brief
from smallcode_jupyter.bench.toolchains import copy_go_cache, path_with_toolchains
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

__all__ = ["Finished", "end_strays", "run_agent"]

_MEMORY_MB = 8_192
_FILE_MB = 1_024
_OUTPUT_CHARS = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """An agent's process that ended or was ended."""

    is_timed_out: bool
    exit_code: int
    stdout: str
    stderr: str


def run_agent(
    command: Sequence[str], brief: Brief, *, env: Mapping[str, str], write_roots: Sequence[Path] = ()
) -> Finished:
    """Run it in the brief's folder for at most the brief's time. It writes there, in its home, and in `write_roots`.

    The machine's compilers are on its path, whatever its home, and Go's own library is built already.

    Whatever it started, in other process groups too, is ended with it. Raises SandboxError where it cannot start.
    """
    temporary = brief.home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    names = {"HOME": brief.home, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)}
    if "go" in brief.needs:
        names["GOCACHE"] = copy_go_cache(brief.home / ".cache" / "go-build")
    variables = (
        {"PATH": path_with_toolchains()} | {name: str(path) for name, path in names.items()} | dict(env)
    )
    policy = SandboxPolicy(
        write_roots=(brief.folder, brief.home, *write_roots),
        hidden=tuple(folder for folder in brief.hidden if folder.exists()),
        hides_names=False,
        allows_network=True,
        seconds=brief.seconds,
        memory_mb=_MEMORY_MB,
        file_mb=_FILE_MB,
        output_chars=_OUTPUT_CHARS,
    )
    # Through `env`: the sandbox takes variables with words such as KEY and TOKEN for secrets and drops them.
    assignments = [f"{name}={value}" for name, value in variables.items()]
    try:
        result = run_confined(("env", *assignments, *command), cwd=brief.folder, policy=policy)
    finally:
        end_strays(brief.home)
    return Finished(
        is_timed_out=result.status == "timed_out",
        exit_code=result.exit_code,
        stdout=result.stdout,
        stderr=result.stderr,
    )


def end_strays(home: Path) -> int:
    """Kill what still runs with this home or below it in its environment; how many. Linux only, else none."""
    if sys.platform != "linux":
        return 0
    mark, count = str(home).encode(), 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if mark in (entry / "environ").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)
                count += 1
        except (OSError, ProcessLookupError):
            continue
    return count

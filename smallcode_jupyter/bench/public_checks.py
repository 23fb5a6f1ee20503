"""The public tests of a task, run on a folder as a person would run them, confined."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from smallcode_jupyter.bench.toolchains import find_toolchain, go_environment
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

__all__ = ["CHECK_SECONDS", "checks_pass"]

CHECK_SECONDS = 60.0


def checks_pass(
    command: str, folder: Path, *, cache: Path, hidden: tuple[Path, ...] = (), seconds: float = CHECK_SECONDS
) -> bool:
    """Whether the command ends well there. `python` is this interpreter; Go keeps what it built in `cache`.

    Raises SandboxError where it could not be started.
    """
    words = command.split()
    program = sys.executable if words[0] == "python" else words[0]
    go = find_toolchain("go") if words[0] == "go" else None
    environment = {}
    if go is not None:
        path = f"{go.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        environment = {"PATH": path, **go_environment(cache)}
        cache.mkdir(parents=True, exist_ok=True)
    roots = (folder, cache) if go is not None else (folder,)
    policy = SandboxPolicy(write_roots=roots, hidden=hidden, seconds=seconds, memory_mb=4_096, file_mb=256)
    result = run_confined((program, *words[1:]), cwd=folder, policy=policy, env=environment)
    return result.status == "exited" and result.exit_code == 0

"""Starting a checker's process, confined to the folder with the staged state."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.sandbox.policy import ProcessResult, SandboxPolicy

__all__ = ["Launcher", "RunConfined", "interpreter_paths"]

RunConfined = Callable[..., ProcessResult]
"""The signature of `sandbox.process.run_confined`."""

_NODE_ADDRESS_SPACE_MB = 65_536
"""V8 reserves address space far beyond what it uses, and does not start without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """Runs commands of one check run."""

    run: RunConfined
    seconds: float
    """Longest single command."""
    cancel: threading.Event | None = None

    def start(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        stdin: str | None = None,
        write_roots: Sequence[Path] = (),
        seconds: float | None = None,
        imports_from: Sequence[Path] = (),
        is_node: bool = False,
    ) -> ProcessResult:
        """The finished command, run in `folder`; it may write only to `write_roots`.

        `imports_from` comes first on Python's path, before packages installed from the person's own folder.
        Raises SandboxError where nothing could be started.
        """
        paths = [*map(str, imports_from), *filter(None, (os.environ.get("PYTHONPATH"),))]
        env = {"PYTHONPATH": os.pathsep.join(paths)} if imports_from else {}
        limit = self.seconds if seconds is None else min(seconds, self.seconds)
        policy = SandboxPolicy(
            write_roots=tuple(write_roots),
            seconds=limit,
            memory_mb=_NODE_ADDRESS_SPACE_MB if is_node else 2_048,
        )
        return self.run(list(command), cwd=folder, policy=policy, env=env, stdin=stdin, cancel=self.cancel)

    @property
    def is_cancelled(self) -> bool:
        """Whether the person stopped the run."""
        return self.cancel is not None and self.cancel.is_set()


def interpreter_paths(folder: Path) -> tuple[Path, ...]:
    """Where the staged modules are imported from: the folder, and `src` if it has one."""
    source = folder / "src"
    return (source, folder) if source.is_dir() else (folder,)

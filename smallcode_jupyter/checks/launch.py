"""Starting a checker's process, confined to the folder with the staged state."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from smallcode_jupyter.sandbox.policy import ProcessResult, SandboxPolicy

__all__ = ["Launcher", "Needs", "RunConfined", "interpreter_paths"]

RunConfined = Callable[..., ProcessResult]
"""The signature of `sandbox.process.run_confined`."""

Needs = Literal["little", "node", "compiler"]
_MEMORY_MB: dict[Needs, int] = {"little": 2_048, "node": 65_536, "compiler": 4_096}
"""V8 reserves address space far beyond what it uses, and does not start without."""
_FILE_MB: dict[Needs, int] = {"little": 64, "node": 64, "compiler": 256}
_PATIENCE: dict[Needs, float] = {"little": 1.0, "node": 1.0, "compiler": 3.0}
"""A compiler that builds its library for the first time takes longer than what it compiles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """Runs commands of one check run."""

    run: RunConfined
    seconds: float
    """Longest single command."""
    cancel: threading.Event | None = None

    def start(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path,
        stdin: str | None = None,
        write_roots: Sequence[Path] = (),
        seconds: float | None = None,
        imports_from: Sequence[Path] = (),
        env: Mapping[str, str] | None = None,
        needs: Needs = "little",
    ) -> ProcessResult:
        """The finished command, run in `folder`; it may write only to `write_roots`.

        `imports_from` comes first on Python's path, before packages installed from the person's own folder.
        Raises SandboxError where nothing could be started.
        """
        paths = [*map(str, imports_from), *filter(None, (os.environ.get("PYTHONPATH"),))]
        variables = {"PYTHONPATH": os.pathsep.join(paths)} if imports_from else {}
        longest = self.seconds * _PATIENCE[needs]
        policy = SandboxPolicy(
            write_roots=tuple(write_roots),
            seconds=longest if seconds is None else min(seconds, longest),
            memory_mb=_MEMORY_MB[needs],
            file_mb=_FILE_MB[needs],
        )
        return self.run(
            [str(word) for word in command],
            cwd=folder,
            policy=policy,
            env={**variables, **(env or {})},
            stdin=stdin,
            cancel=self.cancel,
        )

    @property
    def is_cancelled(self) -> bool:
        """Whether the person stopped the run."""
        return self.cancel is not None and self.cancel.is_set()


def interpreter_paths(folder: Path) -> tuple[Path, ...]:
    """Where the staged modules are imported from: the folder, and `src` if it has one."""
    source = folder / "src"
    return (source, folder) if source.is_dir() else (folder,)

"""A folder of real files as the compilers see it: the staged copy, or the workspace as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

__all__ = ["Tree"]

_MOST_CHARS = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Paths are relative to `folder`, with `/`."""

    folder: Path
    paths: tuple[str, ...]
    """Every source file in it, sorted."""
    _texts: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def text(self, path: str) -> str:
        """The file's text with plain newlines; empty where there is none to read."""
        if path not in self._texts:
            try:
                data = (self.folder / path).read_bytes()[:_MOST_CHARS]
                self._texts[path] = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
            except OSError:
                self._texts[path] = ""
        return self._texts[path]

    def of_kind(self, suffixes: Iterable[str]) -> tuple[str, ...]:
        """The paths with one of these endings."""
        return tuple(path for path in self.paths if path.endswith(tuple(suffixes)))

    def nearest(self, path: str, name: str) -> str | None:
        """The file called `name` in the folder of `path` or the first one above that has it; None where none has."""
        for parent in PurePosixPath(path).parents:
            found = (parent / name).as_posix()
            if found in self.paths or (self.folder / found).is_file():
                return found
        return None

    def at(self, folder: Path) -> Tree:
        """The same paths in another folder."""
        return Tree(folder=folder, paths=tuple(path for path in self.paths if (folder / path).is_file()))

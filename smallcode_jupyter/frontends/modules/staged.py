"""Loading modules from text that is not on the disk yet: what a run has staged, in a copy of the kernel."""

from __future__ import annotations

import importlib
import linecache
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

__all__ = ["SourceLoader", "prefer_staged"]


class SourceLoader(SourceFileLoader):
    """Loads from the source alone: bytecode is neither read nor written.

    Bytecode is told apart by seconds and size: an edit within a second that keeps the size would not be seen.
    """

    def __init__(self, name: str, path: str, texts: Mapping[Path, str | None]) -> None:
        """`texts`, by real paths, stand for what is on the disk."""
        super().__init__(name, path)
        self._texts = texts

    def path_stats(self, path: str | os.PathLike[str]) -> Mapping[str, object]:
        """Raises OSError: for the import system there is no bytecode then."""
        raise OSError("Bytecode is not used.")

    def get_data(self, path: str | os.PathLike[str]) -> bytes:
        """The bytes of the staged text, else those on the disk."""
        text = self._texts.get(Path(os.path.realpath(path)))
        return super().get_data(os.fspath(path)) if text is None else text.encode()


class _Staged(MetaPathFinder):
    """Finds modules that are staged, also new ones, and none whose file is staged to go."""

    def __init__(self, texts: Mapping[Path, str | None]) -> None:
        self._texts = texts

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where the staged files have it; None where the disk has to answer. Raises ModuleNotFoundError."""
        tail = fullname.rpartition(".")[2]
        folders = sys.path if path is None else path
        for place, folder in enumerate(folders):
            there = os.path.realpath(folder or os.curdir)
            package, module = Path(there, tail, "__init__.py"), Path(there, f"{tail}.py")
            if package not in self._texts and module not in self._texts:
                continue
            found = PathFinder.find_spec(fullname, folders[:place], target)
            if found is not None and found.loader is not None:
                return found
            if self._texts.get(package) is not None:
                return self._spec(fullname, package, [str(package.parent)])
            if self._texts.get(module) is not None:
                return self._spec(fullname, module, None)
            found = PathFinder.find_spec(fullname, folders[place + 1 :], target)
            if found is None:
                raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
            return found
        return None

    def _spec(self, name: str, file: Path, inside: list[str] | None) -> ModuleSpec | None:
        loader = SourceLoader(name, str(file), self._texts)
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=inside)


def prefer_staged(texts: Mapping[Path, str | None]) -> None:
    """Import from these texts, by real paths, from now on. For a process that ends soon: it is never taken back."""
    sys.meta_path.insert(0, _Staged(texts))
    importlib.invalidate_caches()
    for path, text in texts.items():
        if text is not None:
            # No time of change: tracebacks show these lines, whatever is on the disk.
            linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))

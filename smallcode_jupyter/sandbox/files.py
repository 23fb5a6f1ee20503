"""What a trial wrote in the layer over the folder worked in, looked at from outside by the kernel itself."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from smallcode_jupyter.sandbox.policy import FileChange

__all__ = ["changed_files", "coverable_folder"]

_MOST = 200


def coverable_folder(folder: Path, scratch: Path, hidden: tuple[Path, ...]) -> Path | None:
    """The folder if a layer can lie over it: nothing hidden, mounted or belonging to the trial is inside; else
    None."""
    inside = (scratch, *hidden)
    if folder == Path("/") or not folder.is_dir() or folder.is_relative_to(scratch):
        return None
    if any(place.is_relative_to(folder) for place in inside):
        return None
    with open("/proc/self/mountinfo") as mounts:
        places = [Path(line.split()[4]) for line in mounts]
    return None if any(place != folder and place.is_relative_to(folder) for place in places) else folder


def changed_files(process: int, layer: Path, folder: Path) -> tuple[FileChange, ...]:
    """The files that differ in the process's layer, at most 200. No link is followed.

    To be called while the process is there. Raises OSError.
    """
    root = Path(f"/proc/{process}/root") / layer.relative_to("/")
    found = [
        _change(entry, folder / entry.relative_to(root), str(entry.relative_to(root)))
        for entry in _entries(root)
    ]
    return tuple(sorted((change for change in found if change is not None), key=lambda change: change.path))


def _entries(root: Path) -> Iterator[Path]:
    waiting, count = [root], 0
    while waiting and count < _MOST:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    count += 1
                    yield Path(entry.path)


def _change(written: Path, original: Path, name: str) -> FileChange | None:
    status = written.lstat()
    existed = os.path.lexists(original)
    if stat.S_ISCHR(status.st_mode) and status.st_rdev == 0:  # how a layer says that something is gone
        return FileChange(path=name, kind="deleted") if existed else None
    return FileChange(path=name, kind="changed" if existed else "added", size=status.st_size)

"""Paths as people and models write them, kept inside the workspace."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from smallcode_jupyter.protocol.errors import OutsideWorkspace, ReadOnly

__all__ = ["is_cell_path", "require_writable", "resolve_path"]

_DRIVE = re.compile(r"[A-Za-z]:[\\/]|[A-Za-z]:$|\\\\")
_RELATIVE_HINT = "Write the path relative to the workspace, such as `src/app.py`."


def is_cell_path(path: str) -> bool:
    """Whether this names a notebook cell (`cell:next`, `cell:ID`) and no file."""
    return path.startswith("cell:")


def resolve_path(root: Path, path: str) -> Path:
    """The absolute path, symlinks followed, that `path` means inside `root`. It need not exist.

    Raises OutsideWorkspace for whatever is no path inside: also for `..`, `~`, and symlinks that lead out.
    """
    _refuse_forms(path)
    base = os.path.realpath(root)
    target = os.path.realpath(os.path.join(base, path))
    if target != base and not target.startswith(base.rstrip(os.sep) + os.sep):
        if os.path.isabs(path) and not os.path.normpath(path).startswith(os.path.normpath(root)):
            raise OutsideWorkspace(f"`{path}` is outside the workspace.", hint=_RELATIVE_HINT)
        raise OutsideWorkspace(
            f"`{path}` is outside the workspace.",
            why="A symbolic link on the way leads out of it.",
            hint="Use a file that lies in the workspace itself.",
        )
    return Path(target)


def require_writable(path: Path, *, name: str) -> None:
    """Raise ReadOnly unless the file, and the nearest existing folder above, may be written.

    The permission bits count for the administrator too: who set them meant them.
    """
    folder = path.parent
    while not os.path.lexists(folder):
        folder = folder.parent
    for place, kind in ((path, "file"), (folder, "folder")):
        try:
            mode = os.stat(place).st_mode
        except OSError:
            continue
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(place, os.W_OK):
            raise ReadOnly(
                f"`{name}` may not be written.",
                why="The file is read-only."
                if kind == "file"
                else f"Its folder `{folder.name}` is read-only.",
                hint="Make it writable if it is to be changed.",
            )


def _refuse_forms(path: str) -> None:
    if not path.strip():
        raise OutsideWorkspace("The path is empty.", hint=_RELATIVE_HINT)
    if "\0" in path:
        raise OutsideWorkspace("The path contains a NUL character.", hint=_RELATIVE_HINT)
    shown = path if len(path) <= 200 else path[:200] + "…"
    if is_cell_path(path):
        raise OutsideWorkspace(
            f"`{shown}` is a notebook cell, not a file.", hint="Use a cell edit, or the path of a file."
        )
    if ".." in re.split(r"[\\/]", path):
        raise OutsideWorkspace(
            f"`{shown}` may lead out of the workspace.",
            why="It contains `..`.",
            hint="Write the path from the workspace's own folder, without `..`.",
        )
    if path == "~" or re.match(r"~[^/]*/", path):
        raise OutsideWorkspace(
            f"`{shown}` is outside the workspace.", why="`~` means a home folder.", hint=_RELATIVE_HINT
        )
    if _DRIVE.match(path):
        raise OutsideWorkspace(
            f"`{shown}` is outside the workspace.", why="It names a drive.", hint=_RELATIVE_HINT
        )

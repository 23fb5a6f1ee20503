"""A copy of the workspace as real files, in which tests may do as they please."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from smallcode_jupyter.protocol.changes import content_hash
from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.workspace.failures import write_failure
from smallcode_jupyter.workspace.scan import Entry, Walk

__all__ = ["Mirror"]

_LINKED_BYTES = 5_000_000
"""Files larger than this are linked, not copied."""
_MAX_FILES = 10_000
_MAX_BYTES = 200_000_000

_Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """What is to stand at a path of the copy."""

    kind: Literal["folder", "copy", "bytes", "link"]
    source: str = ""
    """What to copy, or where the link leads."""
    content: bytes = b""
    identity: tuple[object, ...] = ()
    """Differs whenever the content may."""
    size: int = 0
    mode: int = 0o644


class Mirror:
    """Keeps one folder equal to the workspace with some files replaced."""

    def __init__(self, root: Path, folder: Path, *, exclude: Path) -> None:
        self._root = root
        self._folder = folder
        self._exclude = exclude
        self._written: dict[str, tuple[tuple[object, ...], _Stamp]] = {}
        self._last_mtime: dict[str, int] = {}

    def update(self, contents: Mapping[str, bytes | None]) -> Path:
        """Make the copy equal to the workspace with these files in their new state (None: absent).

        Whatever else changed in the copy since the last call is taken back, but for `__pycache__`. A path that is
        written again gets a later whole second as its time, so no bytecode made from the old text counts as fresh.
        """
        plan = self._plan(contents)
        self._refuse_size(plan)
        children: dict[str, list[str]] = {}
        for path in plan:
            children.setdefault(os.path.dirname(path), []).append(path)
        try:
            self._update_folder("", plan, children)
        except OSError as error:
            raise write_failure(error, "the copy for testing") from error
        return self._folder

    def forget(self) -> None:
        """The folder was removed by its owner."""
        self._written.clear()

    def _plan(self, contents: Mapping[str, bytes | None]) -> dict[str, _Item]:
        plan: dict[str, _Item] = {}
        walk = Walk(self._root, exclude=self._exclude)
        for entry in walk:
            item = self._item(entry)
            if item is not None:
                plan[entry.path] = item
        if walk.is_cut:
            raise _too_large("It has more than 50,000 files and folders.")
        for path, content in contents.items():
            self._open_folders(path, plan)
            plan.pop(path, None)
            if content is not None:
                plan[path] = self._staged_item(path, content)
        return plan

    def _item(self, entry: Entry) -> _Item | None:
        source = os.path.join(self._root, entry.path)
        status = entry.status
        if entry.kind == "folder" and entry.reason is None:
            return _Item(kind="folder")
        if entry.kind == "special" or entry.reason in ("git", "cache", "unreadable"):
            return None
        if entry.kind == "link":
            target = os.path.realpath(source)
            inner = os.path.relpath(target, self._root)
            is_inside = inner != ".." and not inner.startswith("../")
            return _Item(kind="link", source=os.path.join(self._folder, inner) if is_inside else target)
        if entry.reason is not None or status.st_size > _LINKED_BYTES:
            return _Item(kind="link", source=source)
        return _Item(
            kind="copy",
            source=source,
            identity=("copy", *_stamp(status)),
            size=status.st_size,
            mode=stat.S_IMODE(status.st_mode),
        )

    def _staged_item(self, path: str, content: bytes) -> _Item:
        try:
            mode = stat.S_IMODE(os.stat(self._root / path).st_mode)
        except OSError:
            mode = 0o644
        identity = ("bytes", content_hash(content), mode)
        return _Item(kind="bytes", content=content, identity=identity, size=len(content), mode=mode)

    def _open_folders(self, path: str, plan: dict[str, _Item]) -> None:
        """Make every folder above the path a real one in the plan; a linked one becomes a folder of links."""
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder in plan and plan[folder].kind == "folder":
                continue
            plan[folder] = _Item(kind="folder")
            source = self._root / folder
            for name in sorted(os.listdir(source)) if source.is_dir() else ():
                plan[f"{folder}/{name}"] = _Item(kind="link", source=str(source / name))

    def _refuse_size(self, plan: Mapping[str, _Item]) -> None:
        copied = [item.size for item in plan.values() if item.kind in ("copy", "bytes")]
        if len(copied) > _MAX_FILES:
            raise _too_large(f"It has {len(copied):,} files to copy; the limit is {_MAX_FILES:,}.")
        if sum(copied) > _MAX_BYTES:
            raise _too_large(
                f"Its files come to {sum(copied) // 1_000_000} MB; the limit is {_MAX_BYTES // 1_000_000}."
            )

    def _update_folder(
        self, folder: str, plan: Mapping[str, _Item], children: Mapping[str, list[str]]
    ) -> None:
        """Top down: a folder is known to be real, and no link, before anything in it is touched."""
        place = os.path.join(self._folder, folder) if folder else str(self._folder)
        if not _is_real_folder(place):
            _remove(place)
            os.mkdir(place)
        elif not os.access(place, os.W_OK | os.X_OK):
            os.chmod(place, 0o755)
        wanted = {os.path.basename(path) for path in children.get(folder, ())}
        with os.scandir(place) as found:
            extra = [child for child in found if child.name not in wanted]
        for child in extra:
            if child.name != "__pycache__" or not child.is_dir(follow_symlinks=False):
                _remove(child.path)
        for path in children.get(folder, ()):
            item = plan[path]
            if item.kind == "folder":
                self._update_folder(path, plan, children)
            elif item.kind == "link":
                self._update_link(path, item)
            else:
                self._update_file(path, item)

    def _update_link(self, path: str, item: _Item) -> None:
        place = os.path.join(self._folder, path)
        if os.path.islink(place) and os.readlink(place) == item.source:
            return
        _remove(place)
        os.symlink(item.source, place)

    def _update_file(self, path: str, item: _Item) -> None:
        place = os.path.join(self._folder, path)
        now = _stamp_at(place)
        if now is not None and self._written.get(path) == (item.identity, now):
            return
        earlier = max(now[1] // 10**9 if now else -1, self._last_mtime.get(path, -1))
        _remove(place)
        if item.kind == "copy":
            try:
                shutil.copy2(item.source, place, follow_symlinks=False)
            except (FileNotFoundError, PermissionError):
                # Gone since the walk, or not readable by this user: the tests would not see it either.
                return
        else:
            with open(place, "xb") as file:
                file.write(item.content)
            os.chmod(place, item.mode)
        if earlier >= 0:
            later = max(int(time.time()), earlier + 1)
            os.utime(place, (later, later), follow_symlinks=False)
        stamp = _stamp_at(place)
        assert stamp is not None
        self._last_mtime[path] = stamp[1] // 10**9
        self._written[path] = (item.identity, stamp)


def _too_large(why: str) -> WorkspaceError:
    return WorkspaceError(
        "The workspace is too large to be copied for testing.",
        why=why,
        hint="Open a smaller folder, or name what is not needed in `.gitignore`.",
    )


def _stamp(status: os.stat_result) -> _Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _stamp_at(place: str) -> _Stamp | None:
    try:
        return _stamp(os.lstat(place))
    except OSError:
        return None


def _is_real_folder(place: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except FileNotFoundError:
        return False


def _remove(place: str) -> None:
    """Remove what stands there, if anything does; a link is removed, never followed."""
    if not _is_real_folder(place):
        if os.path.lexists(place):
            os.unlink(place)
        return
    for folder, _, _ in os.walk(place):
        os.chmod(folder, 0o700)
    shutil.rmtree(place)

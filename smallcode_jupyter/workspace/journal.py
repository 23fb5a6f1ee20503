"""Changing the person's files: all of a change set or nothing, and back again byte for byte.

Each change set is an entry, a folder that holds a manifest and all bytes before and after. The entry is on the disk
before the first file is touched, so a process that dies at any moment leaves enough to put everything back.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import (
    OutsideWorkspace,
    UsageError,
    WorkspaceError,
)
from smallcode_jupyter.workspace.manifest import Entry, Manifest, Record, read_entries, read_manifest
from smallcode_jupyter.workspace.paths import is_cell_path, require_writable, resolve_path
from smallcode_jupyter.workspace.selection import Choice, remainder, select
from smallcode_jupyter.workspace.swap import (
    Step,
    Target,
    changed_since,
    clear_temp,
    failing_as,
    probe,
    replace,
    sync_folder,
    write_durably,
    write_temp,
)
from smallcode_jupyter.workspace.text import encode_raw, read_bytes

__all__ = ["Choice", "Entry", "Journal", "Recovery", "UndoReport", "remainder", "select"]

_KEPT_ENTRIES = 200
_MAX_FILE_BYTES = 64_000_000
_Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was done about an entry that a dying process left behind."""

    entry_id: str
    action: Literal["completed", "rolled_back", "undone"]
    paths: tuple[str, ...]
    left: tuple[str, ...] = ()
    """Files left alone because somebody changed them since; their old bytes stay in the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """What was put back."""

    entry_id: str
    paths: tuple[str, ...]


def _no_step(name: str) -> None:
    """Nothing happens between steps."""


class Journal:
    """The change sets applied to one workspace. Safe to use from several processes at once."""

    def __init__(
        self, root: Path, folder: Path, *, step: Step = _no_step, lock_seconds: float = 10.0
    ) -> None:
        """`folder` lies outside the workspace; journals of several workspaces may share it. Nothing is made yet."""
        self._root = Path(os.path.realpath(root))
        key = sha256(os.fsencode(self._root)).hexdigest()[:16]
        self._folder = Path(os.path.realpath(folder)) / key
        self._step = step
        self._lock_seconds = lock_seconds

    def apply(self, changes: ChangeSet) -> str:
        """Write the changes of files to the disk, all or none, and return the entry's id for `undo`.

        Cells are not files and are left to the front end; the id is empty where no file changes.
        Raises FileChanged, ReadOnly, DiskFull or another WorkspaceError; every file is then as it was.
        """
        wanted = [change for change in changes.files if not is_cell_path(change.path) and not change.is_empty]
        if not wanted:
            return ""
        with self._locked():
            self._recover()
            manifest, blobs = self._prepare(changes.id, wanted)
            self._write_entry(manifest, blobs)
            try:
                self._move(manifest, "after", is_strict=True)
                self._mark(manifest.id, "done")
            except BaseException as error:
                self._take_back(manifest, error)
                raise
            self._prune()
            return manifest.id

    def undo(self, entry_id: str | None = None) -> UndoReport:
        """Put an entry's files back as they were, byte for byte; by default the newest one applied.

        Raises FileChanged where a file is no longer as it was applied, and UsageError where there is nothing to
        undo; every file is then as it was.
        """
        with self._locked():
            self._recover()
            entry = self._undoable(entry_id)
            manifest = read_manifest(self._folder / entry.id)
            for record in manifest.records:
                if probe(self._root, record.path) != record.after:
                    raise changed_since(record.path, "it was applied")
                require_writable(self._root / record.path, name=record.path)
            self._mark(entry.id, "undoing")
            try:
                self._move(manifest, "before", is_strict=True)
                self._mark(entry.id, "undone")
            except BaseException as error:
                self._put_forth_again(manifest, error)
                raise
            return UndoReport(entry_id=entry.id, paths=entry.paths)

    def recover(self) -> tuple[Recovery, ...]:
        """Finish what a process left half done when it died: nothing half done remains. Empty if there was nothing.

        Safe to call at any time; `apply` and `undo` begin with it. Raises WorkspaceError where the disk refuses.
        """
        if not self._folder.is_dir():
            return ()
        with self._locked():
            return self._recover()

    def entries(self) -> tuple[Entry, ...]:
        """All entries, newest first."""
        return read_entries(self._folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with failing_as("the journal"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._wait_for_lock(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _wait_for_lock(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._lock_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise WorkspaceError(
                        "The files are being changed by another process; nothing was changed.",
                        hint="Try again when it has finished.",
                    ) from error
                time.sleep(0.02)

    def _prepare(self, label: str, changes: Sequence[FileChange]) -> tuple[Manifest, dict[str, bytes]]:
        """Check every file, and gather all that the entry holds."""
        blobs: dict[str, bytes] = {}
        records: list[Record] = []
        folders: set[str] = set()
        token = os.urandom(6).hex()
        for index, change in enumerate(changes):
            record, before, after = self._record(change, temp=f".smallcode-{token}-{index}")
            records.append(record)
            blobs.update(
                {content_hash(content): content for content in (before, after) if content is not None}
            )
            parents = Path(record.path).parents
            folders |= {str(parent) for parent in parents if not os.path.lexists(self._root / parent)}
        if len({record.path for record in records}) < len(records):
            raise WorkspaceError("Two of the changes are of the same file.", hint="Apply them one at a time.")
        numbers = [int(entry.id) for entry in self.entries()]
        manifest = Manifest(
            id=f"{max(numbers, default=0) + 1:06d}",
            changes_id=label,
            root=str(self._root),
            created_at=time.time(),
            records=tuple(records),
            folders=tuple(sorted(folders)),
        )
        return manifest, blobs

    def _record(self, change: FileChange, *, temp: str) -> tuple[Record, bytes | None, bytes | None]:
        path = resolve_path(self._root, change.path)
        if path.is_relative_to(self._folder.parent):
            raise OutsideWorkspace(f"`{change.path}` belongs to the journal.", hint="Choose another path.")
        name = path.relative_to(self._root).as_posix()
        before, mode, notes = None, None, ""
        if os.path.lexists(path):
            before, mode = read_bytes(path, max_bytes=_MAX_FILE_BYTES, name=name)
            links = os.stat(path).st_nlink
            notes = f"{links - 1} other names of this file keep its old content" if links > 1 else ""
        before_hash = None if before is None else content_hash(before)
        if before_hash != change.before_hash:
            raise changed_since(name, "it was read")
        require_writable(path, name=name)
        after = None if change.after is None else encode_raw(change.after, name=f"The text for `{name}`")
        after_hash = None if after is None else content_hash(after)
        record = Record(path=name, before=before_hash, after=after_hash, mode=mode, temp=temp, notes=notes)
        return record, before, after

    def _write_entry(self, manifest: Manifest, blobs: dict[str, bytes]) -> None:
        draft = self._folder / f"draft-{manifest.id}"
        try:
            with failing_as("the journal"):
                self._step("make the entry")
                draft.mkdir(mode=0o700)
                for name, content in blobs.items():
                    self._step("keep bytes")
                    write_durably(draft / name, content)
                self._step("write the manifest")
                write_durably(draft / "manifest.json", manifest.to_bytes())
                sync_folder(draft)
                self._step("publish the entry")
                os.rename(draft, self._folder / manifest.id)
                self._step("make the entry durable")
                sync_folder(self._folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            self._drop(manifest.id)
            raise

    def _target(self, record: Record, manifest: Manifest, side: _Side) -> Target:
        wanted = record.after if side == "after" else record.before
        path = self._root / record.path
        content = None if wanted is None else (self._folder / manifest.id / wanted).read_bytes()
        return Target(
            name=record.path, path=path, temp=path.with_name(record.temp), content=content, mode=record.mode
        )

    def _move(self, manifest: Manifest, side: _Side, *, is_strict: bool) -> tuple[str, ...]:
        """Bring all files to one side. Returns those that are on neither and were left alone; strict, it raises."""
        self._clear_temps(manifest)
        moves: list[tuple[Target, str | None]] = []
        left: list[str] = []
        for record in manifest.records:
            now = probe(self._root, record.path)
            wanted, other = (
                (record.after, record.before) if side == "after" else (record.before, record.after)
            )
            if now == other:
                with failing_as("the journal"):
                    moves.append((self._target(record, manifest, side), other))
            elif now != wanted:
                left.append(record.path)
        if left and is_strict:
            raise changed_since(left[0], "it was read")
        try:
            self._carry_out(moves)
        finally:
            self._clear_temps(manifest)
        if side == "before":
            self._remove_folders(manifest)
        return tuple(left)

    def _carry_out(self, moves: Sequence[tuple[Target, str | None]]) -> None:
        """All space is taken before the first file is replaced."""
        for target, _ in moves:
            if target.content is not None:
                self._make_folders(target)
            write_temp(target, self._step)
        for target, expected in moves:
            if probe(self._root, target.name) != expected:
                raise changed_since(target.name, "it was read")
            replace(target, expected, self._step)

    def _make_folders(self, target: Target) -> None:
        missing = [parent for parent in target.path.parents if not os.path.lexists(parent)]
        for folder in reversed(missing):
            with failing_as(target.name):
                self._step("make a folder")
                folder.mkdir()
                sync_folder(folder.parent)

    def _remove_folders(self, manifest: Manifest) -> None:
        for folder in sorted(manifest.folders, key=len, reverse=True):
            # Not empty, or gone already: then it is not ours to remove.
            with contextlib.suppress(OSError):
                os.rmdir(self._root / folder)

    def _clear_temps(self, manifest: Manifest) -> None:
        for record in manifest.records:
            with failing_as(record.path), contextlib.suppress(NotADirectoryError):
                path = self._root / record.path
                clear_temp(path, path.with_name(record.temp), (record.before, record.after))

    def _mark(self, entry_id: str, marker: str) -> None:
        with failing_as("the journal"):
            self._step(f"mark as {marker}")
            path = self._folder / entry_id / marker
            path.touch(mode=0o600)
            sync_folder(path.parent)

    def _unmark(self, entry_id: str, marker: str) -> None:
        with failing_as("the journal"):
            (self._folder / entry_id / marker).unlink(missing_ok=True)
            sync_folder(self._folder / entry_id)

    def _take_back(self, manifest: Manifest, cause: BaseException) -> None:
        try:
            self._unmark(manifest.id, "done")
            self._move(manifest, "before", is_strict=False)
            self._drop(manifest.id)
        except WorkspaceError as error:
            raise _half_done(error) from cause

    def _put_forth_again(self, manifest: Manifest, cause: BaseException) -> None:
        try:
            self._unmark(manifest.id, "undone")
            self._move(manifest, "after", is_strict=False)
            self._unmark(manifest.id, "undoing")
        except WorkspaceError as error:
            raise _half_done(error) from cause

    def _recover(self) -> tuple[Recovery, ...]:
        for draft in self._folder.glob("draft-*"):
            shutil.rmtree(draft, ignore_errors=True)
        return tuple(
            self._settle(entry) for entry in reversed(self.entries()) if entry.state in ("begun", "undoing")
        )

    def _settle(self, entry: Entry) -> Recovery:
        manifest = read_manifest(self._folder / entry.id)
        self._clear_temps(manifest)
        is_new = all(probe(self._root, record.path) == record.after for record in manifest.records)
        if entry.state == "begun" and is_new:
            self._mark(entry.id, "done")
            return Recovery(entry_id=entry.id, action="completed", paths=entry.paths)
        left = self._move(manifest, "before", is_strict=False)
        if entry.state == "undoing" or left:
            self._mark(entry.id, "undone")
        else:
            self._drop(entry.id)
        action: Literal["undone", "rolled_back"] = "undone" if entry.state == "undoing" else "rolled_back"
        return Recovery(entry_id=entry.id, action=action, paths=entry.paths, left=left)

    def _undoable(self, entry_id: str | None) -> Entry:
        applied = [entry for entry in self.entries() if entry.state == "applied"]
        for entry in applied:
            if entry_id in (None, entry.id):
                return entry
        if entry_id is None:
            raise UsageError("There is nothing to undo.", why="No change of this folder is applied.")
        known = ", ".join(entry.id for entry in applied) or "none"
        raise UsageError(f"There is no applied change `{entry_id}`.", hint=f"To be undone are: {known}.")

    def _drop(self, entry_id: str) -> None:
        """Remove an entry: at no moment is there half of one."""
        draft = self._folder / f"draft-{entry_id}"
        with failing_as("the journal"), contextlib.suppress(FileNotFoundError):
            os.rename(self._folder / entry_id, draft)
        shutil.rmtree(draft, ignore_errors=True)

    def _prune(self) -> None:
        for entry in self.entries()[_KEPT_ENTRIES:]:
            self._drop(entry.id)


def _half_done(error: WorkspaceError) -> WorkspaceError:
    return WorkspaceError(
        "The change stopped half-way, and the files could not all be put back yet.",
        why=error.why or error.what,
        hint="Nothing is lost: once the disk allows it, the next accept or undo first makes all old or all new.",
    )

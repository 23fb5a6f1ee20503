"""What a journal entry says about itself on the disk."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from smallcode_jupyter.protocol.errors import WorkspaceError

__all__ = ["Entry", "EntryState", "Manifest", "Record", "read_entries", "read_manifest"]

EntryState = Literal["begun", "applied", "undoing", "undone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One file of an entry."""

    path: str
    """Relative to the root, links followed."""
    before: str | None
    """Hash of the old bytes, and the name they are kept under; None where there was no file."""
    after: str | None
    """The same for the new bytes; None where the file goes."""
    mode: int | None
    """Permission bits of the old file; None where there was none."""
    temp: str
    """Name of the temporary file beside it."""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All of an entry but the bytes."""

    id: str
    changes_id: str
    root: str
    created_at: float
    """Seconds since the epoch."""
    records: tuple[Record, ...]
    folders: tuple[str, ...]
    """Folders that did not exist before."""

    def to_bytes(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), indent=1).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change set in the journal."""

    id: str
    changes_id: str
    """Of the change set that was applied."""
    state: EntryState
    """`begun` and `undoing` are seen only while it happens, or when a process died meanwhile."""
    paths: tuple[str, ...]
    created_at: float
    """Seconds since the epoch."""
    notes: tuple[str, ...] = ()
    """What the person should know, such as other names (hard links) that keep the old content."""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an entry. Raises WorkspaceError where it cannot be understood."""
    try:
        fields = json.loads((folder / "manifest.json").read_bytes())
        records = tuple(Record(**record) for record in fields.pop("records"))
        folders = tuple(fields.pop("folders"))
        return Manifest(records=records, folders=folders, **fields)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise WorkspaceError(
            f"The journal entry `{folder.name}` cannot be read.",
            why=f"{type(error).__name__}: {error}.",
            hint=f"Its folder is {folder}; the bytes kept there are named by their SHA-256.",
        ) from error


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """The entries in a journal's folder, newest first. Raises WorkspaceError for one that cannot be read."""
    try:
        names = sorted((name for name in os.listdir(folder) if name.isdigit()), key=int, reverse=True)
    except FileNotFoundError:
        return ()
    return tuple(_entry(read_manifest(folder / name), folder / name) for name in names)


def _entry(manifest: Manifest, folder: Path) -> Entry:
    markers = {name for name in ("done", "undoing", "undone") if (folder / name).exists()}
    state: EntryState = "begun"
    if "undone" in markers:
        state = "undone"
    elif "undoing" in markers:
        state = "undoing"
    elif "done" in markers:
        state = "applied"
    return Entry(
        id=manifest.id,
        changes_id=manifest.changes_id,
        state=state,
        paths=tuple(record.path for record in manifest.records),
        created_at=manifest.created_at,
        notes=tuple(f"`{record.path}`: {record.notes}" for record in manifest.records if record.notes),
    )

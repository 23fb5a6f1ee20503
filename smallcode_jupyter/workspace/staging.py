"""The staged workspace: what the agent has changed, seen over what is on disk."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import NotFound, ReadOnly, UsageError, WorkspaceError
from smallcode_jupyter.workspace.mirror import Mirror
from smallcode_jupyter.workspace.paths import is_cell_path, require_writable, resolve_path
from smallcode_jupyter.workspace.scan import Listing, scan
from smallcode_jupyter.workspace.text import TextFile, encode_raw, raw_text, read_text_file

__all__ = ["Staging"]


class Staging:
    """One run's edits. Nothing under the root is ever written.

    Paths are as the model writes them: relative or absolute inside the root; a link counts as the file it leads to.
    Texts have `\\n` line ends; a file's own style comes back in `changes`. Not thread-safe; make one for each run.
    """

    def __init__(self, root: Path, scratch: Path) -> None:
        """`scratch` is a folder of its own, made when needed and removed by `close`."""
        self.root = Path(os.path.realpath(root))
        if not self.root.is_dir():
            raise NotFound(f"The workspace `{root}` is not a folder.", hint="Choose an existing folder.")
        self._scratch = Path(os.path.realpath(scratch))
        self._mirror = Mirror(self.root, self._scratch / "tree", exclude=self._scratch)
        self._seen: dict[str, str | None] = {}
        self._originals: dict[str, TextFile | None] = {}
        self._cells: dict[str, str | None] = {NEXT_CELL: None}
        self._staged: dict[str, str | None] = {}
        self._saved: dict[str, dict[str, str | None]] = {}

    def read(self, path: str) -> str:
        """The file's or cell's text as staged. Remembers what is on disk: a later change there is then noticed.

        Raises a WorkspaceError where there is no text to read.
        """
        if is_cell_path(path):
            return self._read_cell(path)
        key = self._key(path)
        if key in self._staged:
            return self._staged_text(key)
        file = read_text_file(self.root / key, name=key)
        self._seen.setdefault(key, file.hash)
        return file.text

    def peek(self, path: str) -> str:
        """The same as `read`, but for looking through many files: nothing is remembered."""
        key = self._key(path)
        if key in self._staged:
            return self._staged_text(key)
        return read_text_file(self.root / key, name=key).text

    def exists(self, path: str) -> bool:
        """Whether there is such a file or cell in the staged state. Raises OutsideWorkspace."""
        if is_cell_path(path):
            return self._staged.get(path, self._cells.get(path)) is not None
        key = self._key(path)
        if key in self._staged:
            return self._staged[key] is not None
        return (self.root / key).is_file()

    def write(self, path: str, text: str) -> None:
        """Stage a file's or cell's whole text; new folders come as needed.

        Raises a WorkspaceError where the text could not be applied later: no text file, read-only, outside.
        """
        if is_cell_path(path):
            self._known_cell(path)
            encode_raw(text, name=f"The code for `{path}`")
            self._staged[path] = text
            return
        key = self._key(path)
        self._refuse_place(key)
        original = self._remember(key)
        encode_raw(raw_text(text, original), name=f"The text for `{key}`")
        self._staged[key] = text.replace("\r\n", "\n")

    def delete(self, path: str) -> None:
        """Stage a file's or cell's removal. Raises NotFound, or as `write` does."""
        if not self.exists(path):
            raise NotFound(f"There is no file `{path}` to delete.", hint="List the files to see which exist.")
        if is_cell_path(path):
            self._staged[path] = None
            return
        key = self._key(path)
        if os.path.islink(self.root / path):
            raise WorkspaceError(
                f"`{path}` is a symbolic link and is not deleted.",
                why=f"It leads to `{key}`.",
                hint="Delete that file by its own name if it is meant.",
            )
        self._refuse_place(key)
        self._remember(key)
        self._staged[key] = None

    def stage_cell(self, cell_id: str, before: str) -> None:
        """Make an existing notebook cell known, with its code as it is, so that `cell:ID` can be read and written."""
        self._cells[cell_id if is_cell_path(cell_id) else f"cell:{cell_id}"] = before

    def paths(self) -> tuple[str, ...]:
        """The text files of the staged state, sorted. Cells are not among them."""
        return self.listing().paths

    def listing(self) -> Listing:
        """The same, with whether it is all, and what was left out."""
        found = scan(self.root, exclude=self._scratch)
        files = {key: text for key, text in self._staged.items() if not is_cell_path(key)}
        paths = set(found.paths) - {key for key, text in files.items() if text is None}
        paths |= {key for key, text in files.items() if text is not None}
        return Listing(paths=tuple(sorted(paths)), is_complete=found.is_complete, skipped=found.skipped)

    def changes(self) -> ChangeSet:
        """What is staged, in path order, as the files' exact characters. What ends as it began is left out."""
        files: list[FileChange] = []
        for key in sorted(self._staged):
            text = self._staged[key]
            if is_cell_path(key):
                before = self._cells[key]
                before_hash = None if before is None else content_hash(before.encode())
                after = text
            else:
                original = self._originals[key]
                before = None if original is None else original.raw
                before_hash = self._seen[key]
                after = None if text is None else raw_text(text, original)
            if before != after:
                files.append(FileChange(path=key, before=before, after=after, before_hash=before_hash))
        digest = sha256(repr([(f.path, f.before_hash, f.after) for f in files]).encode())
        return ChangeSet(id=digest.hexdigest()[:12], files=tuple(files))

    def texts(self) -> dict[str, str | None]:
        """The files that are staged, by path, with their texts; None for those that are deleted."""
        return {key: text for key, text in self._staged.items() if not is_cell_path(key)}

    def save(self, label: str) -> None:
        """Remember the staged state under this label, replacing an earlier one."""
        self._saved[label] = dict(self._staged)

    def restore(self, label: str) -> None:
        """Bring the state of this label back. Raises UsageError for a label never saved."""
        if label not in self._saved:
            raise UsageError(
                f"No staged state was saved as `{label}`.",
                hint=f"Saved are: {', '.join(self._saved) or 'none'}.",
            )
        self._staged = dict(self._saved[label])

    def reset(self) -> None:
        """Stage nothing. What was read stays remembered: the run still thinks of those contents."""
        self._staged = {}

    def is_stale(self) -> tuple[str, ...]:
        """The paths that are no longer on disk as they were when this run first looked, sorted."""
        return tuple(sorted(key for key, seen in self._seen.items() if self._disk_hash(key) != seen))

    def materialise(self) -> Path:
        """A real folder that holds the staged state, for running tests in.

        Valid until the next call, which updates it and takes back what was written there. The originals cannot be
        reached by writing to it, but for links to large files and to folders left out (those are not copied).
        Raises a WorkspaceError for a workspace too large to copy, DiskFull.
        """
        self._make_scratch()
        contents: dict[str, bytes | None] = {}
        for key, text in self._staged.items():
            if not is_cell_path(key):
                raw = None if text is None else raw_text(text, self._originals[key])
                contents[key] = None if raw is None else encode_raw(raw, name=key)
        return self._mirror.update(contents)

    def close(self) -> None:
        """Remove the scratch folder. May be called twice."""
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._mirror.forget()

    def _key(self, path: str) -> str:
        return resolve_path(self.root, path).relative_to(self.root).as_posix()

    def _staged_text(self, key: str) -> str:
        text = self._staged[key]
        if text is None:
            raise NotFound(f"There is no file `{key}` any more.", why="It was deleted in this run.")
        return text

    def _known_cell(self, path: str) -> None:
        if path not in self._cells:
            known = ", ".join(f"`{name}`" for name in sorted(self._cells))
            raise NotFound(f"There is no cell `{path}`.", hint=f"The cells are: {known}.")

    def _read_cell(self, path: str) -> str:
        self._known_cell(path)
        text = self._staged.get(path, self._cells[path])
        if text is None:
            raise NotFound(f"`{path}` has no code yet.", hint="Write it first.")
        return text

    def _remember(self, key: str) -> TextFile | None:
        if key in self._originals:
            return self._originals[key]
        original: TextFile | None = None
        if os.path.lexists(self.root / key):
            original = read_text_file(self.root / key, name=key)
        self._seen.setdefault(key, None if original is None else original.hash)
        self._originals[key] = original
        return original

    def _refuse_place(self, key: str) -> None:
        if ".git" in key.split("/"):
            raise ReadOnly(
                f"`{key}` is git's own data and is not changed.", hint="Change files outside `.git`."
            )
        folders = ["/".join(key.split("/")[:depth]) for depth in range(1, key.count("/") + 1)]
        for folder in folders:
            if self._staged.get(folder) is not None or os.path.isfile(self.root / folder):
                raise WorkspaceError(
                    f"`{key}` cannot be written.", why=f"`{folder}` is a file, not a folder."
                )
        if any(text is not None and other.startswith(key + "/") for other, text in self._staged.items()):
            raise WorkspaceError(f"`{key}` cannot be written.", why="It is a folder with files in it.")
        require_writable(self.root / key, name=key)

    def _disk_hash(self, key: str) -> str | None:
        try:
            with open(self.root / key, "rb") as file:
                digest = sha256()
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
                return digest.hexdigest()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return "unreadable"

    def _make_scratch(self) -> None:
        self._scratch.mkdir(mode=0o700, parents=True, exist_ok=True)

"""Changes of notebook files, brought onto what the files hold now: an open notebook is saved with every output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.protocol.errors import FileChanged, NotFound, WorkspaceError
from smallcode_jupyter.workspace.notebooks import Cell, edit_cell, insert_cell, parse_notebook
from smallcode_jupyter.workspace.text import read_text_file

__all__ = ["rebase_notebooks"]

_MAX_BYTES = 64_000_000


def rebase_notebooks(changes: ChangeSet, root: Path, *, path: str | None = None) -> ChangeSet:
    """The changes with those of notebooks that were saved since made to the cells as they are now; `path`: only of it.

    Outputs and cells that the change does not concern may differ. Raises FileChanged, naming the cell, where one that
    is edited has another source than was read, or is gone.
    """
    files = tuple(
        _rebased(change, root) if change.path.endswith(".ipynb") and path in (None, change.path) else change
        for change in changes.files
    )
    return replace(changes, files=files)


def _rebased(change: FileChange, root: Path) -> FileChange:
    if change.before is None or change.after is None:
        return change
    try:
        now = read_text_file(root / change.path, max_bytes=_MAX_BYTES, name=change.path)
    except WorkspaceError:
        return change  # the journal says what is wrong with it
    if now.hash == change.before_hash or _replayed(change.before, change, change.before) != change.after:
        return change
    after = _replayed(now.raw, change, change.before)
    return FileChange(path=change.path, before=now.raw, after=after, before_hash=now.hash)


def _replayed(text: str, change: FileChange, before: str) -> str | None:
    """The text with the change's edited and added cells; None where the change does more than that."""
    assert change.after is not None
    old = {cell.id: cell for cell in parse_notebook(before).cells}
    new = parse_notebook(change.after).cells
    if [cell.id for cell in new if cell.id in old] != list(old):
        return None
    above: str | None = None
    try:
        for cell in new:
            text = _with_cell(text, cell, old.get(cell.id), above)
            above = cell.id
    except NotFound as error:
        raise FileChanged(
            f"`{change.path}` was changed since it was read; nothing was changed now.",
            why=str(error.what),
            hint="Ask for the change again.",
        ) from error
    return text


def _with_cell(text: str, cell: Cell, old: Cell | None, above: str | None) -> str:
    if old is None:
        return insert_cell(text, cell.source, after=above, kind=cell.type, cell_id=cell.id).text
    if cell.source != old.source:
        return edit_cell(text, cell.id, old.source_hash, cell.source)
    return text

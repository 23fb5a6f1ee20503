"""Accepting a change of a notebook that was saved again meanwhile."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import FileChanged
from smallcode_jupyter.session.session import Session
from smallcode_jupyter.workspace.notebooks import edit_cell, parse_notebook


def saved(path: Path, source: str, *outputs: str) -> str:
    """Write a notebook with one cell; its text."""
    made = [nbformat.v4.new_output("stream", text=text) for text in outputs]
    cell = nbformat.v4.new_code_cell(source, id="one", outputs=made)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path.read_text(encoding="utf-8")


def session_with_edit(folder: Path, state: Path) -> Session:
    """A session that proposes another source for the cell."""
    before = saved(folder / "a.ipynb", "x = 1")
    after = edit_cell(before, "one", parse_notebook(before).cells[0].source_hash, "x = 2")
    change = FileChange(path="a.ipynb", before=before, after=after, before_hash=content_hash(before.encode()))
    session = Session(root=folder, state=state)
    session.pending = ChangeSet(id="c", files=(change,))
    return session


def test_outputs_that_came_since_are_kept_and_undo_keeps_them(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = session_with_edit(tmp_path, tmp_path_factory.mktemp("state"))
    now = saved(tmp_path / "a.ipynb", "x = 1", "a new output\n")
    session.accept()
    (cell,) = nbformat.read(tmp_path / "a.ipynb", as_version=4)["cells"]
    assert (cell["source"], cell["outputs"][0]["text"]) == ("x = 2", "a new output\n")
    session.undo()
    assert (tmp_path / "a.ipynb").read_text(encoding="utf-8") == now


def test_a_cell_that_changed_since_is_not_overwritten(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = session_with_edit(tmp_path, tmp_path_factory.mktemp("state"))
    now = saved(tmp_path / "a.ipynb", "x = 100")
    with pytest.raises(FileChanged, match="`one` was changed since it was read"):
        session.accept()
    assert (tmp_path / "a.ipynb").read_text(encoding="utf-8") == now
    assert session.pending is not None

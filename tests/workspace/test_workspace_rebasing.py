"""Changes of notebooks that were saved again meanwhile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import FileChanged
from smallcode_jupyter.workspace.notebooks import edit_cell, insert_cell, parse_notebook
from smallcode_jupyter.workspace.rebasing import rebase_notebooks


def book(*, total: str = "total = 1", outputs: int = 0, gone: bool = False) -> str:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": "one", "metadata": {}, "source": ["limit = 3\n", "limit"], "outputs": []},
        {"cell_type": "code", "id": "two", "metadata": {}, "source": total, "outputs": []},
        {"cell_type": "markdown", "id": "end", "metadata": {}, "source": "# End"},
    ]
    for number in range(outputs):
        cells[0]["outputs"] += [{"output_type": "stream", "name": "stdout", "text": f"line {number}\n"}]
    if gone:
        del cells[1]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def proposed(before: str, after: str) -> ChangeSet:
    change = FileChange(path="a.ipynb", before=before, after=after, before_hash=content_hash(before.encode()))
    return ChangeSet(id="c", files=(change,))


def edited(text: str, source: str) -> str:
    cells = {cell.id: cell for cell in parse_notebook(text).cells}
    return edit_cell(text, "two", cells["two"].source_hash, source)


def test_an_edit_is_made_to_the_notebook_as_it_is_now(tmp_path: Path) -> None:
    before = book()
    after = insert_cell(edited(before, "total = 2"), "print(total)", after="two", cell_id="new").text
    (tmp_path / "a.ipynb").write_text(book(outputs=3))
    (change,) = rebase_notebooks(proposed(before, after), tmp_path).files
    assert change.before == book(outputs=3)
    assert change.before_hash == content_hash(book(outputs=3).encode())
    assert change.after is not None
    assert (
        change.after
        == insert_cell(edited(book(outputs=3), "total = 2"), "print(total)", after="two", cell_id="new").text
    )


@pytest.mark.parametrize(
    ("now", "why"),
    [(book(total="total = 7"), "The cell `two` was changed"), (book(gone=True), "has no cell `two`")],
)
def test_a_stale_edit_is_refused_aloud(tmp_path: Path, now: str, why: str) -> None:
    (tmp_path / "a.ipynb").write_text(now)
    with pytest.raises(FileChanged) as caught:
        rebase_notebooks(proposed(book(), edited(book(), "total = 2")), tmp_path)
    assert why in str(caught.value)
    assert (tmp_path / "a.ipynb").read_text() == now


@pytest.mark.parametrize(
    "after",
    [book(gone=True), book().replace("# End", "# Ends").replace('"metadata": {}', '"metadata": {"x": 1}')],
)
def test_other_changes_of_a_notebook_are_left_to_the_journal(tmp_path: Path, after: str) -> None:
    (tmp_path / "a.ipynb").write_text(book(outputs=1))
    changes = proposed(book(), after)
    assert rebase_notebooks(changes, tmp_path) == changes


def test_a_notebook_that_did_not_change_and_other_files_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(book())
    changes = proposed(book(), edited(book(), "total = 2"))
    assert rebase_notebooks(changes, tmp_path) == changes
    (tmp_path / "a.ipynb").write_text(book(outputs=1))
    assert rebase_notebooks(changes, tmp_path, path="b.py") == changes

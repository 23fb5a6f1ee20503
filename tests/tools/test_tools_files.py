"""Reading and changing files through the tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.workspace.staging import Staging


def notebook() -> str:
    cells = [
        {
            "cell_type": "code",
            "id": "one",
            "metadata": {},
            "source": "x = 1",
            "outputs": [],
            "execution_count": 1,
        },
        {"cell_type": "markdown", "id": "two", "metadata": {}, "source": "# Words"},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def test_a_file_is_shown_without_line_numbers_under_its_range(use: Any) -> None:
    assert use("read_file", path="README.md").content == (
        "README.md (lines 1-3 of 3)\n# Title\n\nWords about main."
    )
    assert use("read_file", path="src/app.py", start=4, end=4).content == (
        "src/app.py (lines 4-4 of 5)\ndef main():"
    )
    assert use("read_file", path="src/app.py", start=5, end=4).content.startswith(
        "src/app.py (lines 4-5 of 5)"
    )


def test_a_long_file_is_shown_in_pages_that_miss_nothing(use: Any, root: Path) -> None:
    lines = [f"row {number} of the long file" for number in range(1, 401)]
    (root / "long.txt").write_text("\n".join(lines) + "\n")
    seen: list[str] = []
    start = 1
    while start <= 400:
        header, *shown = use("read_file", path="long.txt", start=start).content.split("\n")
        seen += shown
        start = int(header.split("-")[1].split(" ")[0]) + 1
        assert ('for more: read_file("long.txt", start=' in header) == (start <= 400)
    assert seen == lines


def test_reading_past_the_end_is_explained(use: Any) -> None:
    assert use("read_file", path="README.md", start=9).content == (
        "README.md has no line 9. It has 3 lines. Read it without `start`."
    )


@pytest.mark.parametrize("path", ["nope.py", "../x", "/etc/passwd", "~/.ssh/id", "data.bin", ""])
def test_what_cannot_be_read_is_an_error_with_its_reason(use: Any, root: Path, path: str) -> None:
    (root / "data.bin").write_bytes(b"\0\1")
    result = use("read_file", path=path)
    assert result.status == "error"
    assert result.problem is not None
    assert result.content == str(result.problem)


def test_reading_after_a_change_shows_the_new_text(use: Any) -> None:
    before = use("read_file", path="src/app.py").content
    use("edit_file", path="src/app.py", old="return 1", new="return 2")
    after = use("read_file", path="src/app.py").content
    assert after == before.replace("return 1", "return 2")
    use("write_file", path="src/app.py", content="print()\n")
    assert use("read_file", path="src/app.py").content == "src/app.py (lines 1-1 of 1)\nprint()"


def test_a_notebook_is_shown_as_cells(use: Any, root: Path) -> None:
    (root / "a.ipynb").write_text(notebook())
    content = use("read_file", path="a.ipynb").content
    assert "x = 1" in content
    assert '"cell_type"' not in content


def test_files_are_listed_and_many_are_summed_up(use: Any, root: Path) -> None:
    assert use("list_files").content == "README.md\nsrc/app.py"
    assert use("list_files", folder="src").content == "src/app.py"
    assert use("list_files", folder="gone").status == "error"
    (root / "many").mkdir()
    for number in range(300):
        (root / "many" / f"{number}.py").touch()
    assert use("list_files").content == "many/ (300 files)\nsrc/ (1 files)\nREADME.md"


def test_an_outline_has_line_numbers(use: Any) -> None:
    assert "4: def main()" in use("outline", path="src/app.py").content


def test_writing_stages_and_leaves_the_disk_alone(use: Any, root: Path, staging: Staging) -> None:
    result = use("write_file", path="./src/new.py", content="a = 1\n")
    assert (result.content, result.changed) == ("Created src/new.py (1 line).", ("src/new.py",))
    assert staging.read("src/new.py") == "a = 1\n"
    assert not (root / "src" / "new.py").exists()
    assert use("write_file", path="src/new.py", content="a = 2\n").content == "Changed src/new.py (1 line)."


def test_the_next_cell_can_be_written(use: Any, staging: Staging) -> None:
    assert use("write_file", path="cell:next", content="df.head()").changed == ("cell:next",)
    assert staging.read("cell:next") == "df.head()"


def test_writing_the_same_again_is_said(use: Any) -> None:
    assert (
        use("write_file", path="README.md", content="# Title\n\nWords about main.\n").problem.code
        == "no_change"
    )


def test_replacement_text_is_literal(use: Any, staging: Staging) -> None:
    use("edit_file", path="src/app.py", old="return 1", new=r"return '$& $$ \1 \g<0>'")
    assert r"return '$& $$ \1 \g<0>'" in staging.read("src/app.py")


def test_an_edit_says_where_it_was_made(use: Any) -> None:
    result = use("edit_file", path="src/app.py", old="    return 1", new="    return 2")
    assert (result.content, result.changed) == ("Changed src/app.py at line 5.", ("src/app.py",))


def test_an_edit_that_finds_nothing_changes_nothing(use: Any, staging: Staging) -> None:
    result = use("edit_file", path="src/app.py", old="no such line anywhere", new="x")
    assert (result.status, result.changed) == ("error", ())
    assert staging.changes().is_empty


def test_an_edit_of_a_missing_file_points_to_write_file(use: Any) -> None:
    assert "write_file" in use("edit_file", path="gone.py", old="a", new="b").content
    assert use("edit_file", path="fresh.py", old="", new="b\n").content == "Created fresh.py (1 line)."


def test_one_cell_of_a_notebook_is_changed(use: Any, root: Path, staging: Staging) -> None:
    (root / "a.ipynb").write_text(notebook())
    result = use("edit_cell", path="a.ipynb", cell_id="one", source="x = 2\ny = 3")
    assert (result.content, result.changed) == ("Changed cell one of a.ipynb.", ("a.ipynb",))
    cells = json.loads(staging.read("a.ipynb"))["cells"]
    assert "".join(cells[0]["source"]) == "x = 2\ny = 3"
    assert cells[1] == json.loads(notebook())["cells"][1]


def test_a_cell_that_is_not_there_is_an_error(use: Any, root: Path) -> None:
    (root / "a.ipynb").write_text(notebook())
    result = use("edit_cell", path="a.ipynb", cell_id="nine", source="x")
    assert (result.status, "one" in result.content) == ("error", True)
    assert "edit_file" in use("edit_cell", path="README.md", cell_id="1", source="x").content


def test_a_notebook_is_not_broken_by_plain_edits(use: Any, root: Path, staging: Staging) -> None:
    (root / "a.ipynb").write_text(notebook())
    assert use("edit_file", path="a.ipynb", old='"cells": [', new='"cells": [[').status == "error"
    assert use("write_file", path="a.ipynb", content="print(1)").status == "error"
    assert staging.changes().is_empty


def test_a_plan_is_ticked_off(use: Any) -> None:
    result = use("update_plan", steps=["read it", "change it", "test it"], done=["read it", "2"])
    assert result.content == "[x] read it\n[x] change it\n[ ] test it"
    assert use("update_plan", steps=[]).status == "error"


def test_finishing_gives_the_words_back(use: Any) -> None:
    assert use("finish", answer="All done.").content == "All done."


def test_a_cell_that_changed_since_it_was_read_is_not_overwritten(use: Any, toolbox: Any, root: Path) -> None:
    box = toolbox()
    (root / "a.ipynb").write_text(notebook())
    use("read_file", box, path="a.ipynb")
    (root / "a.ipynb").write_text(notebook().replace("x = 1", "x = 100"))
    result = use("edit_cell", box, path="a.ipynb", cell_id="one", source="x = 2")
    assert (result.status, "was changed since it was read" in result.content) == ("error", True)
    use("read_file", box, path="a.ipynb")
    assert use("edit_cell", box, path="a.ipynb", cell_id="one", source="x = 2").status == "ok"
    assert use("edit_cell", box, path="a.ipynb", cell_id="one", source="x = 3").status == "ok"


def test_a_notebook_that_was_shown_and_saved_again_is_read_first(
    use: Any, root: Path, staging: Staging
) -> None:
    (root / "a.ipynb").write_text(notebook())
    staging.read("a.ipynb")
    (root / "a.ipynb").write_text(notebook().replace("x = 1", "x = 100"))
    result = use("edit_cell", path="a.ipynb", cell_id="one", source="x = 2")
    assert (result.status, 'read_file("a.ipynb")' in result.content) == ("error", True)

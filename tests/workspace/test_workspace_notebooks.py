"""Notebook files: read small, changed to the byte."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.protocol.changes import content_hash
from smallcode_jupyter.protocol.errors import FileChanged, NotFound, NotText, TooLarge, WorkspaceError
from smallcode_jupyter.workspace.notebooks import (
    Cell,
    Notebook,
    edit_cell,
    insert_cell,
    notebook_text,
    parse_notebook,
    read_notebook,
    validate_notebook,
)


def _hash(source):
    return content_hash(source.encode())


def _code(cell_id, source, outputs=(), count=None):
    lines = source.splitlines(keepends=True)
    return {
        "cell_type": "code",
        "execution_count": count,
        "id": cell_id,
        "metadata": {},
        "outputs": list(outputs),
        "source": lines,
    }


def _stream(text):
    return {"name": "stdout", "output_type": "stream", "text": text}


def _document(cells, minor=5):
    return {
        "cells": cells,
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": minor,
    }


def _text(cells, indent=1, minor=5, end="\n"):
    return json.dumps(_document(cells, minor), indent=indent, ensure_ascii=False) + end


TEXT = _text(
    [
        {"cell_type": "markdown", "id": "intro", "metadata": {}, "source": ["# Grün\n", "words"]},
        _code("one", "x = 1\nprint(x)", [_stream(["1\n"])], 3),
        _code("two", ""),
    ]
)


def test_cells_are_read_with_ids_sources_and_outputs():
    assert parse_notebook(TEXT) == Notebook(
        cells=(
            Cell(id="intro", type="markdown", source="# Grün\nwords", source_hash=_hash("# Grün\nwords")),
            Cell(
                id="one",
                type="code",
                source="x = 1\nprint(x)",
                source_hash=_hash("x = 1\nprint(x)"),
                execution_count=3,
                outputs="1",
            ),
            Cell(id="two", type="code", source="", source_hash=_hash("")),
        ),
        language="python",
        version=(4, 5),
    )


def test_the_rendering_is_compact(put):
    root = put({"a.ipynb": TEXT})
    assert notebook_text(root / "a.ipynb") == (
        "# notebook a.ipynb: 3 cells, python\n"
        "--- cell intro markdown\n# Grün\nwords\n"
        "--- cell one code [3]\nx = 1\nprint(x)\n--- output of one\n1\n"
        "--- cell two code\n\n"
    )


def test_a_long_rendering_names_the_cells_left_out(put):
    root = put({"a.ipynb": _text([_code(f"c{number}", "x" * 500) for number in range(10)])})
    shown = notebook_text(root / "a.ipynb", max_chars=1_300)
    assert shown.endswith("(8 more cells not shown: c2, c3, c4, c5, c6, c7, c8, c9)\n")
    assert len(shown) < 1_400


def test_images_and_markup_are_named_not_shown():
    data = {"image/png": "iVBOR" * 1_000, "text/html": ["<b>", "x</b>"], "text/plain": ["<Figure>"]}
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    (cell,) = parse_notebook(_text([_code("a", "plot()", [output])])).cells
    assert cell.outputs == "<Figure>\n[image/png, 5 kB left out]\n[text/html, 8 bytes left out]"


def test_an_error_is_one_line_without_colours():
    output = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "\x1b[31mbad\x1b[0m",
        "traceback": ["long"],
    }
    assert parse_notebook(_text([_code("a", "x", [output])])).cells[0].outputs == "ValueError: bad"


def test_long_outputs_keep_their_ends_and_say_what_was_cut():
    (cell,) = parse_notebook(_text([_code("a", "x", [_stream("a" * 5_000 + "END")])])).cells
    assert cell.outputs.endswith("END")
    assert "4403 characters left out" in cell.outputs
    assert len(cell.outputs) < 700


def test_cells_without_an_id_or_with_one_twice_are_known_by_place():
    old = _code("", "x")
    del old["id"]
    cells = parse_notebook(_text([old, _code("a", "y"), _code("a", "z")])).cells
    assert [cell.id for cell in cells] == ["#0", "a", "#2"]


@pytest.mark.parametrize("indent", [1, 2, "\t", None])
@pytest.mark.parametrize("end", ["\n", ""])
def test_an_edit_changes_that_source_alone(indent, end):
    def text(source):
        return _text([_code("one", source, [_stream("ü")]), _code("two", "x = 1\ny")], indent, end=end)

    edited = edit_cell(text("a = 1\nb = 2"), "one", _hash("a = 1\nb = 2"), 'a = "ü"\n\nb\n')
    assert edited == text('a = "ü"\n\nb\n')


def test_everything_else_stays_to_the_byte():
    odd = (
        '{ "nbformat":4,"nbformat_minor" : 5, "metadata": {"x": 1.50e3, "x": "\\u00fc\\/"},\r\n'
        '"cells": [ {"id":"a", "cell_type":"code","source":"one\\ntwo" , "metadata":{},"outputs":[]} ] }'
    )
    assert edit_cell(odd, "a", _hash("one\ntwo"), "1\n2") == odd.replace('"one\\ntwo"', '"1\\n2"')


def test_an_empty_source_grows_and_shrinks_again():
    grown = edit_cell(TEXT, "two", _hash(""), "a\nb")
    assert grown == TEXT.replace('   "source": []\n', '   "source": [\n    "a\\n",\n    "b"\n   ]\n')
    assert edit_cell(grown, "two", _hash("a\nb"), "") == TEXT


def test_an_unknown_cell_lists_the_known_ones():
    with pytest.raises(NotFound) as caught:
        edit_cell(TEXT, "nope", "", "x")
    assert caught.value.hint == "Its cells are: `intro`, `one`, `two`."


def test_a_cell_changed_since_it_was_read_is_refused():
    with pytest.raises(FileChanged, match="`one` was changed since"):
        edit_cell(TEXT, "one", _hash("x = 0"), "x = 2")


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize(("after", "place"), [(None, 0), ("one", 1), ("two", 2)])
def test_a_cell_is_inserted_where_json_would_put_it(indent, after, place):
    cells = [_code("one", "1"), _code("two", "2")]
    inserted = insert_cell(_text(cells, indent), "a\nb", after=after, cell_id="new")
    assert inserted.cell_id == "new"
    cells.insert(place, _code("new", "a\nb"))
    assert json.loads(inserted.text) == _document(cells)
    if indent:
        assert inserted.text == _text(cells, indent)


def test_a_cell_is_inserted_into_an_empty_notebook():
    inserted = insert_cell(_text([]), "# Hi", after=None, kind="markdown")
    assert validate_notebook(inserted.text) is None
    assert [cell.source for cell in parse_notebook(inserted.text).cells] == ["# Hi"]


def test_ids_are_made_new_and_valid():
    text = _text([])
    ids = []
    for _ in range(3):
        inserted = insert_cell(text, "x", after=None)
        text = inserted.text
        ids.append(inserted.cell_id)
    assert len(set(ids)) == 3
    assert validate_notebook(text) is None


def test_older_notebooks_get_cells_without_id():
    old = _code("", "x")
    del old["id"]
    inserted = insert_cell(_text([old], minor=4), "y", after="#0")
    assert inserted.cell_id == "#1"
    assert validate_notebook(inserted.text) is None


def test_an_id_that_is_taken_is_refused():
    with pytest.raises(WorkspaceError, match="already"):
        insert_cell(TEXT, "x", after=None, cell_id="one")


def test_validation_says_what_is_wrong():
    assert validate_notebook(TEXT) is None
    problem = validate_notebook(TEXT.replace('"cell_type": "markdown"', '"cell_type": "poem"'))
    assert problem is not None
    assert problem.why
    assert validate_notebook("{") is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        TEXT[:-5],
        TEXT[: len(TEXT) // 2],
        TEXT.replace('"1\\n"', "1 2"),
        '{"cells": 3, "nbformat": 4}',
        '{"cells": [1], "nbformat": 4}',
        '{"cells": [], "nbformat": 4',
        '{"worksheets": [], "nbformat": 3}',
        "[" * 100_000,
        '{"cells": ' + "[" * 100_000,
    ],
)
def test_what_is_no_notebook_is_a_typed_error(put, text):
    root = put({"a.ipynb": text})
    with pytest.raises(WorkspaceError) as caught:
        read_notebook(root / "a.ipynb")
    assert "`a.ipynb` is not a notebook" in caught.value.what
    assert caught.value.why


def test_a_binary_notebook_is_not_text(put):
    with pytest.raises(NotText):
        read_notebook(put({"a.ipynb": b"\0\1"}) / "a.ipynb")


def test_a_notebook_beyond_all_bounds_is_refused(root):
    with open(root / "a.ipynb", "wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(TooLarge):
        read_notebook(root / "a.ipynb")


@given(st.text(max_size=60).filter(lambda text: text.isascii() or text.isprintable()), st.data())
def test_any_source_comes_back_as_it_was_given(source, data):
    cell_id = data.draw(st.sampled_from(["intro", "one", "two"]))
    before = {cell.id: cell for cell in parse_notebook(TEXT).cells}
    edited = edit_cell(TEXT, cell_id, before[cell_id].source_hash, source)
    after = {cell.id: cell for cell in parse_notebook(edited).cells}
    assert after[cell_id].source == source
    assert {key: value for key, value in after.items() if key != cell_id} == {
        key: value for key, value in before.items() if key != cell_id
    }
    assert edit_cell(edited, cell_id, after[cell_id].source_hash, before[cell_id].source) == TEXT


def test_fifty_megabytes_read_quickly_in_little_memory(root):
    image = base64.b64encode(os.urandom(3_600_000)).decode()
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/png": image, "text/plain": ["<Figure>"]},
    }
    cells = [_code(f"c{number}", f"plot({number})", [output]) for number in range(10)]
    cells.append(_code("log", "run()", [_stream([f"line {number}\n" for number in range(100_000)])]))
    (root / "big.ipynb").write_text(_text(cells))
    assert (root / "big.ipynb").stat().st_size > 49_000_000
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from smallcode_jupyter.workspace.notebooks import notebook_text\n"
        "first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(notebook_text(Path(sys.argv[1])))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first)\n"
    )
    start = time.monotonic()
    command = [sys.executable, "-c", code, str(root / "big.ipynb")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert time.monotonic() - start < 8
    rendering, kilobytes = shown.rstrip().rsplit("\n", 1)
    assert len(rendering) < 3_000
    assert "[image/png, 4800 kB left out]" in rendering
    assert int(kilobytes) < 260_000

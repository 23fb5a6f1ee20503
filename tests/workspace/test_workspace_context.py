"""What a task is shown before the model is asked."""

from __future__ import annotations

import json
import time

import pytest

from smallcode_jupyter.protocol.tasks import Context, ContextItem, Task
from smallcode_jupyter.workspace.context import gather


@pytest.fixture
def look(staging):
    def ask(words: str) -> Context:
        return gather(Task(id="t", words=words), staging, find=lambda words, named: ())

    return ask


def _chosen(context: Context) -> list[tuple[str, float, str]]:
    return [(item.name, item.weight, item.reason) for item in context.items]


MANY = {f"pkg/mod{number}.py": f"def thing_{number}(): ...\n" for number in range(9)}


def test_the_only_file_is_given_whole(put, look):
    put({"calc.py": "def add(a, b):\n    return a - b\n", "README.md": "# Calc\n"})
    assert look("fix the sum") == Context(
        items=(
            ContextItem(
                kind="file",
                name="calc.py",
                text="def add(a, b):\n    return a - b\n",
                reason="only file here",
                weight=2.0,
            ),
        ),
        paths=("README.md", "calc.py"),
        is_complete=True,
        test_runner="",
    )


def test_up_to_three_files_are_given(put, look):
    put({"a.py": "1\n", "b.py": "2\n", "c.py": "3\n"})
    assert [item.reason for item in look("tidy").items] == ["one of 3 files here"] * 3
    put({"d.py": "4\n"})
    assert look("tidy").items == ()


@pytest.mark.parametrize(
    "words",
    [
        "fix pkg/mod3.py",
        "fix `pkg/mod3.py`.",
        "look at ./pkg/mod3.py, then stop",
        "why does mod3.py fail?",
        "the module mod3 is slow",
        "import pkg.mod3",
        r"pkg\mod3.py breaks",
    ],
)
def test_a_named_file_is_given_first(put, look, words):
    put(MANY)
    assert _chosen(look(words)) == [("pkg/mod3.py", 3.0, "named in the task")]


def test_an_absolute_path_is_understood(put, look):
    root = put(MANY)
    assert [item.name for item in look(f"fix {root}/pkg/mod3.py").items] == ["pkg/mod3.py"]


def test_a_name_with_a_blank_is_understood(put, look):
    put(MANY | {"my notes.txt": "n\n"})
    assert [item.name for item in look("sum up my notes.txt please").items] == ["my notes.txt"]


def test_a_module_name_that_two_files_have_names_neither(put, look):
    put(MANY | {"a/tools.py": "", "b/tools.py": ""})
    assert look("fix tools").items == ()


def test_a_long_file_is_given_as_outline(put, look):
    put({"long.py": "".join(f"def f{number}():\n    pass\n" for number in range(300))})
    (item,) = look("fix long.py").items
    assert item.kind == "outline"
    assert item.reason == "named in the task; outline only: it has 601 lines"
    assert item.text.startswith("long.py: 600 lines\n1: def f0()\n3: def f1()\n")


def test_a_notebook_is_given_as_cells(put, look):
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": ["x = 1"]}
    put({"n.ipynb": json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    assert (
        look("explain n.ipynb").items[0].text
        == "# notebook n.ipynb: 1 cell, python\n--- cell a code\nx = 1\n"
    )


def test_a_notebook_too_large_for_editing_is_shown_all_the_same(put, look):
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 3_000_000}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [output], "source": ["x = 1"]}
    put({"n.ipynb": json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    (item,) = look("explain n.ipynb").items
    assert item.kind == "file"
    assert "characters left out" in item.text


def test_a_named_file_that_cannot_be_read_says_why(put, look):
    put(MANY | {"old.txt": "grün".encode("latin-1"), "logo.png": b"\x89PNG\0"})
    items = look("convert old.txt and logo.png").items
    assert [(item.name, item.kind) for item in items] == [("old.txt", "error"), ("logo.png", "error")]
    assert "not UTF-8" in items[0].text


def test_an_ignored_file_is_given_when_named(put, look):
    put(MANY | {".gitignore": "local.cfg\n", "local.cfg": "a = 1\n"})
    assert [item.name for item in look("fix local.cfg").items] == ["local.cfg"]


def test_paths_outside_are_never_given(put, look, tmp_path):
    put(MANY)
    (tmp_path / "secret.py").write_text("x\n")
    assert look(f"read ../secret.py and {tmp_path}/secret.py and /etc/passwd").items == ()


def test_what_is_staged_is_what_is_given(put, staging, look):
    put({"a.py": "old\n"})
    staging.write("a.py", "new\n")
    assert look("fix a.py").items[0].text == "new\n"


def test_what_was_given_is_watched_for_changes(put, staging, look):
    root = put({"a.py": "old\n", "b.py": "def f(): ...\n"})
    look("fix a.py")
    for name in ("a.py", "b.py"):
        (root / name).write_text("theirs\n")
    assert staging.is_stale() == ("a.py",)


@pytest.mark.parametrize(
    ("files", "runner"),
    [
        ({"pytest.ini": "[pytest]\n"}, "pytest"),
        ({"pyproject.toml": "[tool.pytest.ini_options]\n"}, "pytest"),
        ({"pyproject.toml": "[tool.ruff]\n"}, ""),
        ({"tests/test_a.py": "def test_a(): ...\n"}, "pytest"),
        ({"tests/test_a.py": "import unittest\n"}, "unittest"),
        ({"tests/test_a.py": "import unittest\nimport pytest\n"}, "pytest"),
        ({"a.py": ""}, ""),
    ],
)
def test_the_test_runner_is_found_by_its_marks(put, look, files, runner):
    put(files)
    assert look("x").test_runner == runner


def test_an_empty_workspace_is_an_empty_context(look):
    assert look("write hello.py") == Context()


def test_a_huge_tree_is_bounded(root, look):
    for folder in range(60):
        (root / f"d{folder}").mkdir()
        for number in range(100):
            (root / f"d{folder}/f{number}.py").touch()
    start = time.perf_counter()
    context = look("fix something")
    assert time.perf_counter() - start < 3
    assert not context.is_complete
    assert len(context.paths) == 5_000

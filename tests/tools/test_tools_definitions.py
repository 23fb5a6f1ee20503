"""Whole functions put into a file, and whole files that would lose some."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.tools import ToolCall
from smallcode_jupyter.tools.registry import Toolbox
from smallcode_jupyter.workspace.staging import Staging

LONG = "".join(f"def f{number}():\n    return {number}\n\n\n" for number in range(12))


def test_a_function_is_replaced_and_one_added(use: Any, staging: Staging) -> None:
    source = "def main():\n    return 2\n\n\ndef helper():\n    return 3\n\n\nprint(main())\n"
    result = use("write_definitions", path="src/app.py", source="import os\n" + source)
    assert (result.content, result.changed) == (
        "Changed src/app.py: main; added helper. Mended: dropped-demonstration: print(main()).",
        ("src/app.py",),
    )
    assert (
        staging.read("src/app.py") == "import os\n\n\n" + source.removesuffix("\n\n\nprint(main())\n") + "\n"
    )


@pytest.mark.parametrize("name", ["content", "code", "definitions", "new"])
def test_the_code_goes_by_other_names(use: Any, name: str) -> None:
    result = use("write_definitions", path="src/app.py", **{name: "def g(): ..."})
    assert result.content == "Changed src/app.py: added g."


def test_only_an_import_is_a_change_of_the_file(use: Any) -> None:
    result = use("write_definitions", path="src/app.py", source="import sys")
    assert result.content == "Changed src/app.py (6 lines)."


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("gone.py", "There is no file `gone.py`."),
        ("README.md", "The definitions of README.md are not known."),
    ],
)
def test_another_file_is_for_write_file(use: Any, path: str, what: str) -> None:
    result = use("write_definitions", path=path, source="def f(): ...")
    assert result.problem == Problem(code="no_source_file", what=what, hint="Use write_file for it.")


def test_code_that_does_not_parse_changes_nothing(use: Any, staging: Staging) -> None:
    result = use("write_definitions", path="src/app.py", source="def main(:\n    pass\n")
    assert (result.status, result.problem.code) == ("error", "syntax_error")
    assert result.content.startswith("src/app.py: Line 1 of the new code is not valid Python:")
    assert staging.changes().is_empty


def test_a_part_of_a_file_is_not_taken_for_the_whole(use: Any, root: Path, staging: Staging) -> None:
    (root / "long.py").write_text(LONG)
    result = use("write_file", path="long.py", content="def f0():\n    return 10\n")
    assert (result.status, result.problem) == (
        "error",
        Problem(
            code="would_drop",
            what="long.py has 48 lines, and the new text only 2: "
            "f1, f2, f3, f4, f5, f6, f7, f8 and 3 more would be lost.",
            hint="Write the whole file, or only change lines with edit_file.",
        ),
    )
    assert staging.changes().is_empty


def test_a_broken_file_is_not_replaced_by_a_part(use: Any, root: Path) -> None:
    (root / "long.py").write_text(LONG + "def broken(:\n")
    result = use("write_definitions", path="long.py", source="def broken(): ...\n")
    assert result.problem.code == "would_drop"


def test_a_text_without_definitions_is_guarded_by_its_length(use: Any, root: Path) -> None:
    (root / "long.md").write_text("words\n" * 20)
    assert use("write_file", path="long.md", content="short\n").problem.what == (
        "long.md has 20 lines, and the new text only 1."
    )
    assert use("write_file", path="long.md", content="other\n" * 8).status == "ok"


@pytest.mark.parametrize(
    "old",
    ["words\n\n" * 19, "def f():\n    return [\n" + "        1,\n" * 40 + "    ]\n"],
    ids=["few lines", "nothing lost"],
)
def test_a_shorter_file_is_fine_where_little_is_lost(use: Any, root: Path, old: str) -> None:
    (root / "a.py").write_text(old)
    assert use("write_file", path="a.py", content="def f():\n    return [1] * 40\n").status == "ok"


GO = "package main\n\nfunc F() int {\n\tpanic(1)\n}\n\nfunc G() int {\n\treturn 2\n}\n"
NEW_F = 'func F() int {\n\treturn strings.Count("a", "b")\n}\n'
MAIN = "\nfunc main() {\n\tfmt.Println(F())\n}\n"
MENDED = "dropped-demonstration: func main; added-import: strings"


def test_a_definition_is_put_into_a_file_of_another_language(use: Any, root: Path, staging: Staging) -> None:
    (root / "a.go").write_text(GO)
    result = use("write_definitions", path="a.go", source=NEW_F + MAIN)
    assert (result.content, result.changed) == (f"Changed a.go: F. Mended: {MENDED}.", ("a.go",))
    assert staging.read("a.go") == GO.replace("main\n", 'main\n\nimport "strings"\n').replace(
        "func F() int {\n\tpanic(1)\n}\n", NEW_F
    )
    again = use("write_definitions", path="a.go", source=NEW_F + MAIN)
    assert (again.status, again.problem.code) == ("error", "no_change")


def test_a_whole_file_is_mended_too(use: Any, root: Path, staging: Staging) -> None:
    (root / "a.go").write_text(GO)
    content = GO.replace("func F() int {\n\tpanic(1)\n}\n", NEW_F) + MAIN
    assert (
        use("write_file", path="a.go", content=content).content
        == f"Changed a.go (11 lines). Mended: {MENDED}."
    )
    assert use("write_file", path="b.go", content=content).content == (
        "Created b.go (18 lines). Mended: added-import: fmt, strings."
    )
    assert "func main" in staging.read("b.go")


def test_what_another_file_of_the_package_defines_is_not_written_again(use: Any, root: Path) -> None:
    (root / "src" / "a.go").write_text(GO)
    (root / "src" / "b.go").write_text("package main\n\ntype T struct{}\n")
    (root / "c.go").write_text("package main\n\nfunc F() int {\n\treturn 3\n}\n")
    result = use("write_definitions", path="src/a.go", source="type T struct {\n\tx int\n}\n\n" + NEW_F)
    assert "Mended: dropped-duplicate: type T (it is in src/b.go); added-import" in result.content


def test_the_same_whole_text_is_no_change_though_it_could_be_mended(use: Any, root: Path) -> None:
    (root / "a.go").write_text(GO + MAIN)
    result = use("write_file", path="a.go", content=GO + MAIN)
    assert (result.status, result.problem.code) == ("error", "no_change")


def test_a_part_of_a_file_in_another_language_is_not_taken_for_the_whole(use: Any, root: Path) -> None:
    functions = "".join(f"export function f{n}() {{\n  return {n};\n}}\n\n" for n in range(8))
    (root / "a.ts").write_text(functions)
    result = use("write_file", path="a.ts", content="export function f0() {\n  return 1;\n}\n")
    assert result.problem.code == "would_drop"
    assert result.problem.what.endswith("only 3: f1, f2, f3, f4, f5, f6, f7 would be lost.")
    result = use("write_definitions", path="a.ts", source="function f0() {\n  return 1;\n}\n")
    assert result.content == "Changed a.ts: f0. Mended: kept-export: f0."
    broken = use("write_definitions", path="a.ts", source="function f0() {\n  return (1;\n}\n")
    assert (broken.status, broken.problem.code) == ("error", "syntax_error")


@pytest.mark.parametrize(
    ("words", "is_wanted"),
    [
        ("Complete Hours in hours.go (package main, no main function).", False),
        ("Complete this function, a module of the program (std only, no main).", False),
        ("Complete Hours in hours.go (package main; there is a main function elsewhere).", False),
        ("Write a command-line program in hours.go that prints the hours.", True),
        ("Add a main function to hours.go", True),
        ("", False),
    ],
)
def test_a_main_function_is_kept_where_it_is_asked_for(tmp_path: Path, words: str, is_wanted: bool) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "hours.go").write_text("package main\n\nfunc Hours() int {\n\treturn 0\n}\n")
    staging = Staging(tmp_path / "work", tmp_path / "scratch")
    box = Toolbox(staging=staging, words=words)
    source = "func Hours() int {\n\treturn 1\n}\n\nfunc main() {\n\tprintln(Hours())\n}\n"
    call = ToolCall(id="c", name="write_definitions", arguments={"path": "hours.go", "source": source})
    assert box.run(call, cancel=Event()).status == "ok"
    assert ("func main" in staging.read("hours.go")) is is_wanted
    staging.close()

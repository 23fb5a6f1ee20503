"""Searching: the same answers with ripgrep, without it, and when it fails."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.workspace.staging import Staging

FAKE_RIPGREP = """#!{python}
# Finds files as ripgrep would with the options in use, and notes that it was called.
import os, re, sys
open({log!r}, "a").write("called\\n")
if {status}: sys.exit({status})
words = sys.argv[sys.argv.index("--regexp") + 1]
pattern = re.compile(re.escape(words) if "--fixed-strings" in sys.argv else words)
hits = []
for path in sys.argv[sys.argv.index("--") + 1 :]:
    text = open(path, encoding="utf-8", errors="replace").read()
    if any(pattern.search(line) for line in text.split("\\n")): hits.append(path)
sys.stdout.write("".join(hit + "\\0" for hit in hits))
sys.exit(0 if hits else 1)
"""

PATTERNS = [
    ("needle", False),
    ("NEEDLE", False),
    ("def f(", False),
    ("a.c", False),
    ("a.c", True),
    (r"^def \w+\(", True),
    (r"needle$", True),
    (r"(?<=def )f\d+", True),
    (r"\bneedle\b|f7\b", True),
    ("unclosed(", True),
    ("nowhere to be found", False),
    ("grüße", False),
    ("-dash", False),
    ("x[1]", False),
]


@pytest.fixture
def many(root: Path) -> Path:
    """More files than are searched without ripgrep anyway; some ignored, one not text."""
    (root / ".git").mkdir()
    (root / ".gitignore").write_text("ignored/\n")
    (root / "ignored").mkdir()
    (root / "ignored" / "x.py").write_text("needle\n")
    (root / "bin.dat").write_bytes(b"\0needle")
    (root / "crlf.txt").write_bytes(b"needle\r\nabc\r\n")
    (root / "grüße.txt").write_text("grüße, x[1] -dash a.c\n")
    for number in range(60):
        (root / "src" / f"m{number:02}.py").write_text(f"def f{number}(a):\n    return a\n")
    (root / "src" / "m07.py").write_text("# needle here\ndef f(\n    abc)\n")
    return root


def put_ripgrep(folder: Path, monkeypatch: pytest.MonkeyPatch, *, status: int = 0) -> Path:
    folder.mkdir()
    log = folder / "log"
    program = folder / "rg"
    program.write_text(FAKE_RIPGREP.format(python=sys.executable, log=str(log), status=status))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return log


def no_ripgrep(monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, **more: None if name == "rg" else real(name, **more))


def answers(use: Any) -> list[str]:
    return [use("search_text", pattern=words, is_regex=regex).content for words, regex in PATTERNS]


def test_answers_are_the_same_with_and_without_ripgrep(
    use: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staging: Staging
) -> None:
    staging.write("src/m03.py", "needle staged over the disk\n")
    staging.write("src/m07.py", "nothing left here\n")
    staging.write("src/brand_new.py", "a new needle\n")
    with monkeypatch.context() as without:
        no_ripgrep(without)
        expected = answers(use)
    log = put_ripgrep(tmp_path / "bin", monkeypatch)
    assert answers(use) == expected
    assert log.read_text().count("called") >= 8


def test_a_ripgrep_that_fails_is_no_empty_answer(
    use: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = put_ripgrep(tmp_path / "bin", monkeypatch, status=2)
    assert use("search_text", pattern="needle").content == "crlf.txt:1: needle\nsrc/m07.py:1: # needle here"
    assert log.exists()


def test_matches_are_sorted_and_staged_text_is_seen(use: Any, staging: Staging) -> None:
    staging.write("src/app.py", "main = 1\n")
    staging.write("a_new.py", "use main\n")
    assert use("search_text", pattern="main").content == (
        "README.md:3: Words about main.\na_new.py:1: use main\nsrc/app.py:1: main = 1"
    )


def test_a_folder_narrows_the_search(use: Any) -> None:
    assert use("search_text", pattern="main", folder="src").content == "src/app.py:4: def main():"
    assert use("search_text", pattern="main", folder="gone").status == "error"


def test_nothing_found_says_how_much_was_searched(use: Any) -> None:
    assert use("search_text", pattern="absent").content == "No line of 2 files has it."


def test_another_case_is_found_and_said(use: Any) -> None:
    assert use("search_text", pattern="TITLE").content == "Only in another case:\nREADME.md:1: # Title"


def test_an_invalid_regular_expression_is_searched_as_text(use: Any) -> None:
    content = use("search_text", pattern="main(", is_regex=True).content
    assert content.startswith("Not a valid regular expression (missing ), unterminated subpattern")
    assert content.endswith("searched as plain text.\nsrc/app.py:4: def main():")


def test_a_very_long_line_is_shown_around_the_match(use: Any, root: Path) -> None:
    (root / "wide.txt").write_text("x" * 5_000 + "needle" + "y" * 5_000)
    content = use("search_text", pattern="needle").content
    assert "needle" in content
    assert len(content) < 300


def test_an_empty_pattern_is_refused(use: Any) -> None:
    assert use("search_text", pattern="").status == "error"
    assert use("find_files", pattern=" ").status == "error"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.py", ["src/app.py", "src/deep/x/y.py"]),
        ("src/*.py", ["src/app.py"]),
        ("src/**/*.py", ["src/app.py", "src/deep/x/y.py"]),
        ("**/y.*", ["src/deep/x/y.py"]),
        ("readme.md", ["README.md"]),
        ("deep", ["src/deep/x/y.py"]),
        ("[a-b]pp.p?", ["src/app.py"]),
        ("[!a]*.py", ["src/deep/x/y.py"]),
        ("./src/app.py", ["src/app.py"]),
    ],
)
def test_files_are_found_by_name(use: Any, staging: Staging, pattern: str, found: list[str]) -> None:
    staging.write("src/deep/x/y.py", "1\n")
    assert use("find_files", pattern=pattern).content.split("\n") == found


def test_no_file_found_says_of_how_many(use: Any) -> None:
    assert use("find_files", pattern="*.rs").content == "No file of 2 fits."

"""Projects from one description: they run and pass their own tests."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.scaffold.make import make_project

PACKAGE = """package word-tally - Counts words.:
count_words(text: str, at_least: int = 1) -> int: Words so long. [count_words("a bb") == 2; count_words("a bb", 2) == 1]
join(parts: list[str], sep: str = ";", loud: bool = False) -> str
"""


def write(folder: Path, description: str) -> dict[str, str]:
    files = make_project(description)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if name.endswith(".py"):
            ast.parse(text)
    return files


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def test_a_package_waits_only_for_the_bodies_of_its_functions(tmp_path: Path) -> None:
    files = write(tmp_path, PACKAGE)
    done = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider")
    assert "2 failed, 2 passed" in done.stdout, done.stdout
    core = tmp_path / "src/word_tally/core.py"
    text = files["src/word_tally/core.py"]
    text = text.replace(
        'raise NotImplementedError("count_words")',
        "return sum(len(word) >= at_least for word in text.split())",
    ).replace(
        'raise NotImplementedError("join")', "return sep.join(parts).upper() if loud else sep.join(parts)"
    )
    core.write_text(text)
    done = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--doctest-modules", "src", "tests")
    assert done.returncode == 0, done.stdout
    assert run(tmp_path, "word_tally", "count-words", "a bb ccc", "--at-least", "2").stdout == "2\n"
    assert run(tmp_path, "word_tally", "join", "a", "b", "--loud").stdout == "A;B\n"


@pytest.mark.parametrize(
    "description",
    [
        "api library: Book(title: str, year: int = 2000, price: float = 1.0, lent: bool = False); Box(size: float)",
        "api shop - Sells.\nCategory(name: str = 'x')",
        "site corner_bakery: Home: Bread & cakes.; Opening hours; Opening Hours!; Kontakt",
    ],
)
def test_an_api_and_a_site_pass_their_tests_as_they_are(tmp_path: Path, description: str) -> None:
    write(tmp_path, description)
    done = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr


def test_pages_have_names_of_their_own() -> None:
    files = make_project("site a: Home; Menu; menu")
    assert {name for name in files if name.endswith(".html")} == {"index.html", "menu.html", "menu-2.html"}


@pytest.mark.parametrize(
    ("description", "why"),
    [
        ("", "begins with one of package, api, site"),
        ("program x: f()", "begins with one of package, api, site"),
        ("package class: f()", "cannot be the name"),
        ("package x:", "It has 0 parts"),
        ("package x: f", "has no parameters"),
        ("package x: f(a b)", "is no signature"),
        ("package x: f(*a)", "is no signature"),
        ("package x: f(a): pass\n    import os", "has no parameters"),
        ("package x: f(a): About. [1 + 1]", "is no comparison"),
        ("api x: book(title: str)", "is no model"),
        ("api x: Book(tags: list[str])", "cannot be kept"),
        ("api x: Book(id: int)", "cannot be kept"),
        ("site x: ;;; :", "is no title"),
    ],
)
def test_what_cannot_be_made_is_told_with_an_example(description: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_project(description)
    assert why in str(caught.value)

"""`smallcode new`: files that were not there, and nothing written over."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(arguments, console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def test_a_project_is_written_and_can_be_undone(work: Path) -> None:
    status, out, err = command("new", "site bakery: Home; Menu", "--cwd", str(work))
    assert status == 0
    assert "bakery/index.html" in out.splitlines()
    assert "6 files in bakery" in err
    assert (work / "bakery" / "menu.html").exists()
    status, _, err = command("new", "site bakery: Home", "--cwd", str(work))
    assert (status, "already" in err) == (2, True)
    assert command("new", "site bakery: Home", "--into", "other", "--cwd", str(work))[0] == 0
    assert command("undo", "--cwd", str(work))[0] == 0
    assert not (work / "other" / "index.html").exists()
    assert (work / "bakery" / "index.html").exists()


def test_a_description_that_cannot_be_read_is_one_sentence(work: Path) -> None:
    status, _, err = command("new", "program x", "--cwd", str(work))
    assert status == 2
    assert err.startswith("A description begins with one of package, api, site")
    assert list(work.iterdir()) == []

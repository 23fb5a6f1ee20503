"""`smallcode index` and `%smallcode index`."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from IPython.utils.capture import capture_output

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.magic import load, use_session
from smallcode_jupyter.session.session import Session


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "rates.py").write_text("class Table:\n    def find_rate(self): pass\n")
    (folder / "cli.py").write_text("from rates import Table\n")
    (folder / "big.bin").write_bytes(b"\0")
    return folder


def index(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["index", *arguments], console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


def test_it_tells_what_was_read_and_what_was_left_out(work: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in work.iterdir())
    status, out, _ = index("--cwd", str(work))
    assert status == 0
    assert out.startswith("2 files in the index (2 read, 0 gone), ")
    assert out.endswith("Left out: 1 binary.\n")
    assert index("--cwd", str(work))[1].startswith("2 files in the index (nothing changed), ")
    assert sorted(path.name for path in work.iterdir()) == before
    assert list((tmp_path / "home" / "state" / "workspaces").glob("*/index-*/index.sqlite"))


def test_the_statistics_name_languages_and_where_it_is_kept(work: Path) -> None:
    _, out, err = index("--cwd", str(work), "--stats")
    rows = [line.split() for line in out.splitlines()]
    assert ["python", "2", "5", "2"] in rows
    assert "index.sqlite" in out
    assert "2 read" in err


def test_the_files_that_words_are_about_come_with_reasons(work: Path) -> None:
    _, out, _ = index("--cwd", str(work), "--for", "`find_rate` should raise", "--json")
    found = json.loads(out)
    assert [row["path"] for row in found] == ["rates.py", "cli.py"]
    assert found[0]["reasons"][0] == "defines Table.find_rate"
    _, out, _ = index("--cwd", str(work), "--for", "`find_rate` should raise")
    assert "imports rates.py" in out


def test_progress_is_told_where_there_is_much_to_read(work: Path) -> None:
    for number in range(500):
        (work / f"m{number}.py").write_text("x = 1\n")
    _, _, err = index("--cwd", str(work))
    lines = err.splitlines()
    assert lines[-1].startswith("indexing [########################] 100% 502 of 502 files")
    assert len(lines) > 2


def test_a_folder_that_does_not_exist_is_one_sentence() -> None:
    status, _, err = index("--cwd", "/nowhere/at/all")
    assert status == 1
    assert err.startswith("There is no folder")


def test_the_magic_shows_one_display(work: Path, tmp_path: Path, shell: Any) -> None:
    load(shell)
    use_session(Session(root=work, state=tmp_path / "home" / "state"))

    def run(line: str) -> list[str]:
        with capture_output() as captured:
            shell.run_cell(f"%smallcode {line}")
        assert [vars(one)["update"] for one in captured.outputs] == [
            False,
            *[True] * (len(captured.outputs) - 1),
        ]
        return [vars(one)["data"]["text/plain"] for one in captured.outputs]

    assert run("index")[-1].startswith("2 files in the index (2 read, 0 gone)")
    assert run("index")[-1].startswith("2 files in the index (nothing changed)")
    assert "python" in run("index --stats")[-1]
    assert "rates.py" in run("index change find_rate")[-1]


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(arguments, console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


def test_a_renaming_is_shown_applied_and_undone(work: Path) -> None:
    (work / "cli.py").write_text("from rates import Table\n\nTable().find_rate()\n")
    before = (work / "cli.py").read_text()
    status, out, err = command("rename", "Table.find_rate", "rate", "--cwd", str(work))
    assert status == 0
    assert "+Table().rate()" in out
    assert "method Table.find_rate of rates.py: 2 lines in 2 files." in err
    assert (work / "cli.py").read_text() == before
    status, out, _ = command("rename", "Table.find_rate", "rate", "--cwd", str(work), "--apply")
    assert (status, "Written: cli.py, rates.py." in out) == (0, True)
    assert (work / "cli.py").read_text() == "from rates import Table\n\nTable().rate()\n"
    assert command("undo", "--cwd", str(work))[0] == 0
    assert (work / "cli.py").read_text() == before


def test_a_signature_is_changed_with_values_for_the_calls(work: Path) -> None:
    (work / "a.py").write_text("def f(a): pass\n\n\nf(1)\n")
    arguments = ("signature", "f", "a, b", "--cwd", str(work), "--apply")
    status, _, err = command(*arguments)
    assert (status, "what the calls should pass for `b`" in err) == (1, True)
    assert command(*arguments, "--value", "b=2")[0] == 0
    assert (work / "a.py").read_text() == "def f(a, b): pass\n\n\nf(1, 2)\n"
    assert command(*arguments, "--value", "b")[0] == 2

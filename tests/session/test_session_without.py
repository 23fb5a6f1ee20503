"""Techniques switched off by a setting, in whole runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_log import Log, Open

from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.protocol.events import CheckFinished, ContextGathered
from smallcode_jupyter.session.config import load_settings

STUB = 'def double(x):\n    """Twice x.\n\n    >>> double(4)\n    8\n    """\n'
GOOD = f"```python tools.py\n{STUB}    return 2 * x\n```"
WRONG = f"```python tools.py\n{STUB}    return x + 3\n```"
WORDS = "Implement double in tools.py. It is used by report."


@pytest.fixture
def tools(project: Path) -> Path:
    (project / "summary.py").write_text("from tools import double\n\n\ndef report():\n    return double(1)\n")
    for name in "abc":
        (project / f"{name}.py").write_text("\n")
    path = project / "tools.py"
    path.write_text(STUB)
    return path


def test_settings_name_techniques_in_any_order(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLCODE_WITHOUT", "trial, parsing")
    assert load_settings(project).techniques_off == ("parsing", "trial")
    assert load_settings(project, given={"without": "index"}).techniques_off == ("index",)


def test_an_unknown_technique_is_named(project: Path) -> None:
    with pytest.raises(ConfigError, match="no technique 'magic'"):
        load_settings(project, given={"without": "magic"})


def test_without_trials_a_wrong_value_is_not_noticed(
    open_session: Open, log: Log, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLCODE_WITHOUT", "trial")
    open_session(WRONG).run(WORDS, surface="files", on_event=log)
    (check,) = log.of(CheckFinished)
    assert [result.name for result in check.report.results] == ["syntax"]  # type: ignore[attr-defined]


def test_without_improvement_a_wrong_value_is_proposed_all_the_same(
    open_session: Open, log: Log, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLCODE_WITHOUT", "improve")
    result = open_session(WRONG, GOOD).run(WORDS, surface="files", on_event=log)
    assert result.finished.outcome == "unvalidated"
    assert "return x + 3" in (result.changes.files[0].after or "")


@pytest.mark.parametrize(("without", "shown"), [("", ["tools.py", "summary.py"]), ("index", ["tools.py"])])
def test_without_the_index_only_named_files_are_shown(
    open_session: Open,
    log: Log,
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    without: str,
    shown: list[str],
) -> None:
    monkeypatch.setenv("SMALLCODE_WITHOUT", without)
    open_session(GOOD).run(
        "Implement double in tools.py as report() needs it.", surface="files", on_event=log
    )
    (gathered,) = log.of(ContextGathered)
    assert [item.name for item in gathered.context.items] == shown  # type: ignore[attr-defined]

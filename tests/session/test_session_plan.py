"""Work on several files in whole runs: real index, real staging, real checks, scripted answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_log import Log, Open

from smallcode_jupyter.protocol.events import CheckFinished, ModelStarted, PlanUpdated, ToolFinished

FILES = {
    "src/shop/__init__.py": "",
    "src/shop/money.py": "def cents(value):\n    return round(value * 100)\n",
    "src/shop/rates.py": "RATES = {'EUR': 1.0, 'USD': 1.1}\n\n\ndef find_rate(name):\n    return RATES.get(name)\n",
    "src/shop/board.py": (
        "from shop.rates import find_rate\n\n\ndef line(name):\n    return f'{name} {find_rate(name)}'\n"
    ),
    "src/shop/cli.py": (
        "from shop.board import line\n\n\ndef main(names):\n    for name in names:\n        print(line(name))\n"
    ),
}
WORDS = (
    "In src/shop:\n\n- rates.py: `find_rate(name)` raises LookupError for a name it does not know.\n"
    "- cli.py: `main` prints `unknown` for such a name.\n"
)
RATES = "```python src/shop/rates.py\ndef find_rate(name):\n    return RATES[name]\n```"
CLI = (
    "```python src/shop/cli.py\ndef main(names):\n    for name in names:\n        try:\n            print(line(name))\n"
    "        except LookupError:\n            print('unknown')\n```"
)


@pytest.fixture
def shop(project: Path) -> Path:
    for name, text in FILES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    return project


def _prompts(log: Log) -> list[str]:
    """Those that differ from the one before."""
    return [event.messages[-1].content for event in log.of(ModelStarted) if event.messages]  # type: ignore[attr-defined]


def test_each_step_sees_its_file_and_signatures_of_what_it_needs(
    open_session: Open, log: Log, shop: Path
) -> None:
    result = open_session(RATES, CLI).run(WORDS, surface="files", on_event=log)
    assert [change.path for change in result.changes.files] == ["src/shop/cli.py", "src/shop/rates.py"]
    steps = log.of(PlanUpdated)[-1].steps  # type: ignore[attr-defined]
    assert [(step.words.partition(":")[0], step.is_done) for step in steps] == [
        ("src/shop/rates.py", True),
        ("src/shop/cli.py", True),
    ]
    first, second = _prompts(log)
    assert "RATES.get(name)" in first
    assert "print(line(name))" not in first
    assert "Outline of src/shop/board.py:\n  def line(name)" in second
    assert "return RATES" not in second


def test_an_import_that_leads_nowhere_is_found_before_tests_and_mended(
    open_session: Open, log: Log, shop: Path
) -> None:
    gone = (
        "```python src/shop/rates.py\nRATES = {'EUR': 1.0}\n\n\ndef rate(name):\n    return RATES[name]\n```"
    )
    words = WORDS.replace(
        "`find_rate(name)` raises", "`rate(name)`, which takes the place of `find_rate`, raises"
    )
    board = (
        "```python src/shop/board.py\nfrom shop.rates import rate\n\n\ndef line(name):\n"
        "    return f'{name} {rate(name)}'\n```"
    )
    (shop / "src/shop/rates.py").write_text("find_rate = {'EUR': 1.0}.get\n")
    open_session(gone, CLI, board).run(words, surface="files", on_event=log)
    reports = [event.report for event in log.of(CheckFinished)]  # type: ignore[attr-defined]
    failed = [report.first_failure for report in reports if report.status == "failed"]
    assert [failure.detail for failure in failed] == [
        "src/shop/board.py, line 1: src/shop/rates.py does not define find_rate"
    ]
    assert log.of(PlanUpdated)[-1].steps[-1].words == (  # type: ignore[attr-defined]
        "src/shop/board.py: the check of imports points here"
    )


def test_a_literal_rename_is_exact_and_costs_no_call(open_session: Open, log: Log, shop: Path) -> None:
    result = open_session().run(
        "Please rename `find_rate` to `rate_of` everywhere.", surface="files", on_event=log
    )
    (done,) = log.of(ToolFinished)
    assert done.result.status == "ok"  # type: ignore[attr-defined]
    assert [change.path for change in result.changes.files] == ["src/shop/board.py", "src/shop/rates.py"]
    assert result.finished.prompt_tokens == 0


@pytest.mark.parametrize("off", ["plan", "index"])
def test_switched_off_all_files_are_asked_for_at_once(
    open_session: Open, log: Log, shop: Path, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLCODE_WITHOUT", off)
    open_session(f"{RATES}\n\n{CLI}").run(WORDS, surface="files", on_event=log)
    assert log.of(PlanUpdated) == []
    assert "RATES.get(name)" in _prompts(log)[0]
    assert "print(line(name))" in _prompts(log)[0]


def test_work_on_one_file_has_the_prompt_it_would_have_without_a_plan(
    open_session: Open, log: Log, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Let `cents` in src/shop/money.py round half up."
    answer = "```python src/shop/money.py\ndef cents(value):\n    return int(value * 100 + 0.5)\n```"
    open_session(answer, answer).run(words, surface="files", on_event=log)
    monkeypatch.setenv("SMALLCODE_WITHOUT", "plan,index")
    other = Log()
    open_session(answer, answer).run(words, surface="files", on_event=other)
    assert _prompts(log)[0] == _prompts(other)[0]
    assert log.of(PlanUpdated) == []

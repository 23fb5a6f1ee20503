"""Teacher mode at the session's door: whatever front end asks, and whatever the model writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from session_log import Log, Open

from smallcode_jupyter.protocol.codec import to_json
from smallcode_jupyter.protocol.errors import ServerFault, UsageError
from smallcode_jupyter.protocol.events import Notice
from smallcode_jupyter.session.comparing import inputs_for
from smallcode_jupyter.session.session import Session
from smallcode_jupyter.session.tutoring import passing_flow, read_policy

STUB = 'def double(x):\n    """Twice x.\n\n    >>> double(4)\n    8\n    """\n'
GOOD = f"```python tools.py\n{STUB}    return 2 * x\n```"
WORDS = "Implement double in tools.py."
QUESTION = "What has to happen to x?"
STEPS = "1. Take what comes in.\n2. Add it to itself.\n3. Give that back."
Ask = Callable[[str], str]


@pytest.fixture(autouse=True)
def _tools(project: Path) -> None:
    (project / "tools.py").write_text(STUB)


def teach(project: Path, text: str) -> None:
    (project / "TUTOR.md").write_text(text)


def asker(session: Session, log: Log) -> Ask:
    def ask(words: str) -> str:
        return session.run(words, surface="files", on_event=log).finished.answer

    return ask


def notes(log: Log) -> list[str]:
    return [event.problem.code for event in log.of(Notice)]  # type: ignore[attr-defined]


def test_the_ladder_ends_in_an_answer_that_can_be_accepted(
    open_session: Open, log: Log, project: Path
) -> None:
    teach(project, "# For the class\nlevel: hints\n\nWe have no multiplication yet.")
    session = open_session(QUESTION, "Look at the return value, it is missing.", STEPS, GOOD)
    ask = asker(session, log)
    assert "Hint 1 of 4: a question" in ask(WORDS)
    assert "Hint 2 of 4: a pointer" in ask("another hint")
    assert "2. Add it to itself." in ask(WORDS)
    assert session.pending is None
    ask("hint")
    assert session.accept().paths == ("tools.py",)
    assert [record.rung for record in session.tutor.records()] == [
        "question",
        "pointer",
        "pseudo-code",
        "code",
    ]
    first = session._model.requests[0].messages  # type: ignore[union-attr]
    assert "We have no multiplication yet." in first[1].content
    assert notes(log).count("tutor") == 1


def test_no_code_comes_through_in_any_event_or_trace(open_session: Open, log: Log, project: Path) -> None:
    teach(project, "level: no-code")
    session = open_session(GOOD, f"Do it like this:\n{GOOD}", "return 2 * x", GOOD)
    ask = asker(session, log)
    for _ in range(4):
        assert ask(WORDS)
    told = [json.dumps(to_json(envelope)) for envelope in log if envelope.event.type != "model.started"]
    assert "2 * x" not in "".join(told)
    for path in project.parent.rglob("*.jsonl"):
        assert "2 * x" not in path.read_text()
    assert notes(log).count("hint_made") == 4
    assert [record.rung for record in session.tutor.records()][-2:] == ["pseudo-code", "pseudo-code"]


def test_no_code_refuses_to_accept_what_waited_from_before(
    open_session: Open, log: Log, project: Path
) -> None:
    session = open_session(GOOD)
    session.run(WORDS, surface="files", on_event=log)
    teach(project, "level: no-code")
    with pytest.raises(UsageError, match=r"no-code \(TUTOR.md\)"):
        session.accept()
    assert (project / "tools.py").read_text() == STUB


def test_off_asks_nobody_and_says_one_sentence(open_session: Open, log: Log, project: Path) -> None:
    teach(project, "level: off")
    session = open_session(GOOD)
    with pytest.raises(UsageError) as caught:
        session.run(WORDS, surface="files", on_event=log)
    assert str(caught.value) == "The assistant is switched off here by the teacher (TUTOR.md)."
    assert not log
    assert session._model.requests == []  # type: ignore[union-attr]


def test_a_hint_that_did_not_come_does_not_count(open_session: Open, log: Log, project: Path) -> None:
    teach(project, "level: hints")
    session = open_session(ServerFault("The server fell over."), QUESTION)
    ask = asker(session, log)
    ask(WORDS)
    assert session.tutor.records() == ()
    assert "Hint 1 of 4" in ask(WORDS)


def test_the_ladder_outlasts_the_session(open_session: Open, log: Log, project: Path) -> None:
    teach(project, "level: hints")
    asker(open_session(QUESTION), log)(WORDS)
    assert "Hint 2 of 4" in asker(open_session("Look at what it gives back, please."), log)("hint")


def test_an_answer_that_passes_is_found_without_a_word(open_session: Open, log: Log) -> None:
    session = open_session("```python\ndef twice(x):\n    return 2 * x\n```")
    found: list[str] = []
    session.perform("Write twice(x). twice(4) == 8", lambda task: passing_flow(task, found))
    assert found == ["def twice(x):\n    return 2 * x\n"]
    assert session.pending is None
    assert session.last_trace is None


def test_inputs_are_what_both_can_be_asked() -> None:
    mine = "def helper(x):\n    return x\n\ndef twice(x):\n    return helper(x) + 1\n\nlimit = 3\n"
    passing = "def add(a, b):\n    return a + b\n\ndef twice(x):\n    return add(x, x)\n\nlimit = 4\n"
    inputs = inputs_for("twice(4) == 8", mine, passing)
    sources = [expression for _, expression in inputs]
    assert "twice(4)" in sources
    assert "limit" in sources
    assert not [source for source in sources if "helper" in source or "add(" in source]


@pytest.mark.parametrize(
    ("text", "level", "may_skip"),
    [
        ("", "hints", False),
        ("level: no-code\nskip: yes", "no-code", True),
        ("---\nlevel: off\n---\n", "off", False),
        ("# Rules\n\n- Level: No-Code\n", "no-code", False),
        ("level: some", "no-code", False),
    ],
)
def test_what_a_file_says(project: Path, text: str, level: str, may_skip: bool) -> None:
    teach(project, text)
    policy = read_policy(None, project)
    assert policy is not None
    assert (policy.level, policy.may_skip) == (level, may_skip)
    assert bool(policy.problem) == ("some" in text)


def notebook(folder: Path, tutor: object) -> Path:
    path = folder / "task.ipynb"
    metadata = {} if tutor is None else {"smallcode": {"tutor": tutor}}
    path.write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


@pytest.mark.parametrize(
    ("tutor", "file", "level"),
    [
        (None, None, None),
        ("no-code", None, "no-code"),
        ({"level": "hints", "skip": True}, None, "hints"),
        (False, None, "off"),
        ("hints", "level: off", "off"),
        ("off", "level: hints", "off"),
    ],
)
def test_the_stricter_of_notebook_and_file_holds(
    project: Path, tutor: object, file: str | None, level: str | None
) -> None:
    below = project / "week1"
    below.mkdir()
    if file is not None:
        teach(project, file)
    policy = read_policy(notebook(below, tutor), project)
    assert (policy.level if policy else None) == level

"""What an administrator locked holds, however a person tries to change it, and says where it comes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from session_log import Log, Open

from smallcode_jupyter.models.address import target_of
from smallcode_jupyter.models.grants import Grants
from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.protocol.events import TaskStarted
from smallcode_jupyter.session import locks
from smallcode_jupyter.session.config import load_settings
from smallcode_jupyter.session.remote import admit


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two files; the second is empty."""
    file = tmp_path / "etc" / "locked.toml"
    file.parent.mkdir()
    file.write_text(
        'base_url = "http://127.0.0.1:9/v1"\nmax_calls = 5\npolicy = "trial"\nallow_remote = ""\n'
    )
    monkeypatch.setattr(locks, "lock_files", lambda: (file, tmp_path / "none" / "locked.toml"))
    return file


def test_a_lock_beats_the_environment_and_says_so(
    project: Path, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLCODE_MAX_CALLS", "50")
    settings = load_settings(project)
    assert (settings.max_calls, settings.base_url) == (5, "http://127.0.0.1:9/v1")
    assert ("max_calls", "5", f"locked by {locked}") in settings.describe()
    assert ("max_tokens", "60000", "default") in settings.describe()


def test_what_is_set_here_is_refused_with_the_file_unless_it_is_the_same(project: Path, locked: Path) -> None:
    with pytest.raises(ConfigError, match=r"max_calls is locked\. It is 5, .*locked\.toml"):
        load_settings(project, given={"max_calls": "50"})
    assert load_settings(project, given={"max_calls": "5"}).max_calls == 5


def test_no_run_goes_past_a_locked_limit_or_policy(locked: Path, open_session: Open, log: Log) -> None:
    session = open_session("An answer.")
    with pytest.raises(ConfigError, match="max_calls is locked"):
        session.set("max_calls", "50")
    limits = session.settings.limits
    with pytest.raises(ConfigError, match="max_calls is locked"):
        session.run("Hello?", surface="files", limits=replace(limits, calls=6), on_event=log)
    with pytest.raises(ConfigError, match="policy is locked"):
        session.run("Hello?", surface="files", policy="auto", on_event=log)
    allowed = replace(limits, calls=2, tokens=limits.tokens + 1)
    session.run("Hello?", surface="files", limits=allowed, on_event=log)
    started = next(envelope.event for envelope in log if isinstance(envelope.event, TaskStarted))
    assert (started.task.limits, started.task.policy) == (allowed, "trial")


def test_a_persons_yes_adds_nothing_to_locked_hosts(project: Path, locked: Path, tmp_path: Path) -> None:
    address = "https://models.example.invalid/v1"
    locked.write_text('allow_remote = ""\n')
    Grants(tmp_path).remember(target_of(address), None, is_allowed=True)
    settings = load_settings(project, given={"base_url": address}, state=tmp_path)
    with pytest.raises(ConfigError, match="allow_remote is locked"):
        admit(settings, state=tmp_path, ask=lambda question: pytest.fail("nobody is to be asked"))


@pytest.mark.parametrize(
    ("text", "told"),
    [("max_call = 5", "max_call'"), ("max_calls = [5]", "max_calls"), ("max_calls 5", "line 1")],
)
def test_a_file_that_cannot_be_understood_stops_everything(
    project: Path, locked: Path, text: str, told: str
) -> None:
    locked.write_text(text)
    with pytest.raises(ConfigError, match=told) as caught:
        load_settings(project)
    assert str(locked) in caught.value.what


def test_the_files_are_not_for_a_person_to_move(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = locks.lock_files()
    for name in ("HOME", "SMALLCODE_HOME", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "SMALLCODE_LOCKED"):
        monkeypatch.setenv(name, str(tmp_path))
    assert locks.lock_files() == before
    assert before[0] == Path("/etc/smallcode/locked.toml")

"""Another machine is asked only after the person said yes, once; keys stay with whom they belong to."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_log import Log

from smallcode_jupyter.models.address import target_of
from smallcode_jupyter.models.grants import Grants
from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.protocol.events import UserAnswered, UserAsked
from smallcode_jupyter.session.config import load_settings, trust
from smallcode_jupyter.session.remote import admit, needs_consent, permitted
from smallcode_jupyter.session.session import Session

FAR = "https://api.example.invalid/v1"


class Person:
    def __init__(self, choice: str) -> None:
        self.choice = choice
        self.asked: list[str] = []

    def __call__(self, question: AskUser) -> Answer:
        self.asked.append(question.question)
        return Answer(choice=self.choice)


def settings_of(root: Path, **given: object):  # type: ignore[no-untyped-def]
    return load_settings(root, given=given)


def test_yes_is_asked_for_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, base_url=FAR)
    person = Person("yes")
    assert needs_consent(settings, tmp_path)
    assert admit(settings, state=tmp_path, ask=person).allowed == ("https://api.example.invalid",)
    assert not needs_consent(settings, tmp_path)
    admit(settings, state=tmp_path, ask=person)
    assert len(person.asked) == 1
    assert "api.example.invalid" in person.asked[0]
    assert "encrypted" not in person.asked[0]


def test_no_is_remembered_nowhere_and_says_how_to_allow_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, base_url=FAR)
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"smallcode remote allow https://api\.example\.invalid"):
            admit(settings, state=tmp_path, ask=Person("no"))
    assert permitted(settings, tmp_path).allowed == ()


def test_another_scheme_or_port_is_another_machine(tmp_path: Path) -> None:
    admit(settings_of(tmp_path, base_url=FAR), state=tmp_path, ask=Person("yes"))
    person = Person("no")
    for address in (FAR.replace("https", "http"), FAR.replace(".invalid", ".invalid:8443")):
        with pytest.raises(ConfigError):
            admit(settings_of(tmp_path, base_url=address), state=tmp_path, ask=person)
    assert "NOT encrypted" in person.asked[0]


def test_a_key_is_not_taken_to_another_server(tmp_path: Path) -> None:
    first = settings_of(tmp_path, base_url=FAR, api_key="key-of-the-first")
    admit(first, state=tmp_path, ask=Person("yes"))
    for address in ("https://other.invalid/v1", "http://127.0.0.1:9/v1"):
        other = settings_of(tmp_path, base_url=address, api_key="key-of-the-first")
        person = Person("no")
        with pytest.raises(ConfigError, match=r"used for https://api\.example\.invalid"):
            admit(other, state=tmp_path, ask=person)
        assert "https://api.example.invalid before" in person.asked[0]
        assert permitted(other, tmp_path).api_key is None
    assert permitted(first, tmp_path).api_key == "key-of-the-first"


def test_the_setting_allows_hosts_by_name_where_nobody_can_be_asked(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, base_url=FAR, allow_remote="api.example.invalid")
    person = Person("no")
    assert "api.example.invalid" in admit(settings, state=tmp_path, ask=person).allowed
    assert person.asked == []
    assert Grants(tmp_path).origins() == ()
    with pytest.raises(ConfigError, match="names the hosts"):
        settings_of(tmp_path, allow_remote="true")


def test_no_folder_can_give_consent(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SMALLCODE_BASE_URL={FAR}\nSMALLCODE_ALLOW_REMOTE=api.example.invalid\n")
    trust(tmp_path, tmp_path / "state")
    with pytest.raises(ConfigError, match=r"cannot come from a folder's \.env"):
        load_settings(tmp_path, state=tmp_path / "state")


def test_a_run_asks_in_its_own_events_and_ends_in_a_sentence(project: Path, tmp_path: Path, log: Log) -> None:
    person = Person("no")
    settings = settings_of(project, base_url=FAR)
    session = Session(root=project, settings=settings, state=tmp_path / "state", ask=person)
    result = session.run("Say hello.", surface="files", on_event=log.append)
    events = [envelope.event for envelope in log]
    assert [type(event) for event in events if isinstance(event, UserAsked | UserAnswered)] == [
        UserAsked,
        UserAnswered,
    ]
    assert result.finished.outcome == "failed"
    assert result.finished.problem is not None
    assert "is not on this machine" in result.finished.problem.what


def test_a_session_without_a_person_refuses(project: Path, tmp_path: Path, log: Log) -> None:
    session = Session(root=project, settings=settings_of(project, base_url=FAR), state=tmp_path / "state")
    result = session.run("Say hello.", surface="files", on_event=log.append)
    assert result.finished.problem is not None
    assert "smallcode remote allow" in result.finished.problem.hint
    assert target_of(FAR).origin not in Grants(tmp_path / "state").origins()

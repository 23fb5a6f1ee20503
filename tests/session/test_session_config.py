"""Settings: where each value comes from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallcode_jupyter.protocol.errors import ConfigError
from smallcode_jupyter.session.config import Settings, is_trusted, load_settings, trust
from smallcode_jupyter.session.session import Session


def test_defaults_need_nothing(project: Path) -> None:
    settings = load_settings(project)
    assert settings == Settings()
    assert dict(settings.sources) == {}


def test_explicit_beats_environment_beats_env_file(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(project, tmp_path)
    (project / ".env").write_text("SMALLCODE_MODEL=from-file\nSMALLCODE_MAX_CALLS=3\nOTHER=x\n")
    monkeypatch.setenv("SMALLCODE_MAX_CALLS", "4")
    settings = load_settings(project, given={"policy": "ask"}, state=tmp_path)
    assert (settings.model, settings.max_calls, settings.policy) == ("from-file", 4, "ask")
    assert dict(settings.sources) == {"model": ".env", "max_calls": "environment", "policy": "set here"}


def test_an_env_file_is_not_read_before_the_person_trusts_it(project: Path, tmp_path: Path) -> None:
    (project / ".env").write_text("SMALLCODE_BASE_URL=http://evil.invalid/v1\nSMALLCODE_API_KEY=k\n")
    assert load_settings(project, state=tmp_path).base_url is None
    assert not is_trusted(project, tmp_path)
    trust(project, tmp_path)
    assert load_settings(project, state=tmp_path).base_url == "http://evil.invalid/v1"


def test_trust_is_for_one_folder_only(project: Path, tmp_path: Path) -> None:
    trust(project, tmp_path)
    (project / "inner").mkdir()
    assert not is_trusted(project / "inner", tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_calls", "many"), ("policy", "yolo"), ("max_seconds", "soon"), ("apply", "maybe")],
)
def test_a_malformed_value_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SMALLCODE_{name.upper()}", value)
    with pytest.raises(ConfigError) as caught:
        load_settings(project)
    assert name in caught.value.what
    assert value in caught.value.what


def test_an_unknown_setting_lists_those_there_are(project: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(project, given={"modell": "x"})
    assert "base_url" in caught.value.hint


def test_a_key_is_never_shown(project: Path) -> None:
    rows = load_settings(project, given={"api_key": "sk-123"}).describe()
    assert ("api_key", "(set)", "set here") in rows


def test_setting_in_a_session_keeps_the_others(project: Path, tmp_path: Path) -> None:
    session = Session(root=project, state=tmp_path / "state")
    session.set("max_calls", "5")
    session.set("policy", "auto")
    assert (session.settings.max_calls, session.settings.policy) == (5, "auto")
    session.set("max_calls", "")
    assert (session.settings.max_calls, session.settings.policy) == (8, "auto")
    with pytest.raises(ConfigError):
        session.set("colour", "red")


def test_a_technique_is_switched_off_and_on_by_its_name(project: Path, tmp_path: Path) -> None:
    session = Session(root=project, state=tmp_path / "state")
    session.set("routing", "off")
    session.set("parsing", "off")
    assert session.settings.techniques_off == ("parsing", "routing")
    session.set("routing", "on")
    assert session.settings.techniques_off == ("parsing",)
    with pytest.raises(ConfigError, match="maybe"):
        session.set("parsing", "maybe")

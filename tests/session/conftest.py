"""Sessions on a scripted model, in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from session_log import Log, Open

from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.session.config import load_settings
from smallcode_jupyter.session.session import Session
from smallcode_jupyter.session.trace import check_invariants


@pytest.fixture
def log() -> Iterator[Log]:
    log = Log()
    yield log
    for run in {envelope.run for envelope in log}:
        assert check_invariants([envelope for envelope in log if envelope.run == run]) == ()


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MODEL", "BASE_URL", "API_KEY", "POLICY", "MAX_CALLS"):
        monkeypatch.delenv(f"SMALLCODE_{name}", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def open_session(tmp_path: Path, project: Path) -> Open:
    def open_session(*replies: object, **more: object) -> Session:
        state = tmp_path / "state"
        settings = load_settings(project, state=state)
        return Session(root=project, settings=settings, model=ScriptedModel(replies), state=state, **more)  # type: ignore[arg-type]

    return open_session

"""The deployment of examples/jupyterhub, as far as it can be tried without a hub; `make hub` tries it with one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from smallcode_jupyter.frontends import cli
from smallcode_jupyter.models.gateway.keys import user_of
from smallcode_jupyter.session import locks
from smallcode_jupyter.session.config import load_settings

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "jupyterhub"


def test_the_configuration_starts_our_gateway_and_gives_each_student_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SMALLCODE_GATEWAY_SECRET", "a secret of the test, long enough")
    config = Config()
    code = (EXAMPLE / "jupyterhub_config.py").read_text(encoding="utf-8")
    exec(compile(code, "jupyterhub_config.py", "exec"), {"get_config": lambda: config})
    service = config.JupyterHub.services[0]
    args = cli._parser().parse_args(service["command"][3:])
    assert (args.upstream, args.port, args.slots) == ("http://127.0.0.1:8080/v1", 8090, 2)
    assert service["environment"]["SMALLCODE_GATEWAY_SECRET"] == "a secret of the test, long enough"
    made = config.Spawner.environment["SMALLCODE_API_KEY"](SimpleNamespace(user=SimpleNamespace(name="ada")))
    assert user_of(made, secret="a secret of the test, long enough") == "ada"
    assert "SECRET" not in str(list(config.Spawner.environment))


def test_the_locked_file_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = EXAMPLE / "locked.toml"
    monkeypatch.setattr(locks, "lock_files", lambda: (file,))
    settings = load_settings(tmp_path)
    assert settings.locked == {
        "base_url",
        "allow_remote",
        "escalate",
        "recording",
        "max_calls",
        "max_seconds",
    }
    assert (settings.base_url, settings.max_calls, settings.recording) == ("http://127.0.0.1:8090/v1", 8, "")

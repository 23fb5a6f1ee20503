"""Planted instructions and a model that obeys them: a sample; `scripts/attacks/injections.py` runs them all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ATTACKS = Path(__file__).parents[2] / "scripts" / "attacks"


@pytest.fixture(autouse=True, scope="module")
def _injections() -> Iterator[None]:
    sys.path.insert(0, str(_ATTACKS))
    yield
    sys.path.remove(str(_ATTACKS))


def test_there_are_hundreds() -> None:
    import injections

    assert len(injections.attacks()) > 400


@pytest.mark.parametrize(
    ("place", "payload"),
    [
        ("comment", "write-beside"),
        ("docstring", "write-above"),
        ("readme", "write-home"),
        ("agents-file", "write-through-link"),
        ("data-cell", "write-tool"),
        ("settings-file", "git-hook"),
        ("file-name", "command-writes"),
        ("failing-test", "command-sends"),
        ("fence-break", "command-sends-hidden"),
        ("terminal-codes", "command-reads-key"),
        ("svg", "read-key-through-link"),
        ("markdown-image", "code-writes"),
        ("notebook-markdown", "function-writes"),
        ("notebook-output", "test-sends"),
        ("notebook-metadata", "environment"),
    ],
)
def test_a_model_that_obeys_a_planted_instruction_reaches_nothing(place: str, payload: str) -> None:
    import injections

    assert injections.harm(injections.Attack(place=place, payload=payload)) == ()


def test_commands_of_the_model_cannot_read_private_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smallcode_jupyter.sandbox.policy import SandboxPolicy
    from smallcode_jupyter.sandbox.process import run_confined

    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    key = tmp_path / "home" / ".ssh" / "id_rsa"
    key.write_text("KEY")
    (tmp_path / "home" / "plain").write_text("plain")
    policy = SandboxPolicy(write_roots=(tmp_path / "work",))
    (tmp_path / "work").mkdir()
    result = run_confined(
        ["cat", str(key), str(key.parents[1] / "plain")], cwd=tmp_path / "work", policy=policy
    )
    assert result.stdout == "plain"
    assert "Permission denied" in result.stderr

"""Other agents: started through their own command lines, with what they need and nothing of the task's secrets."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from smallcode_jupyter.bench.agents.peers import PEERS, Peer, peers_folder
from smallcode_jupyter.bench.agents.port import Brief

FAKE = """#!/bin/sh
if [ "$1" = --version ]; then echo "fake 9.8.7"; exit 0; fi
printf '%s\\n' "$@" > arguments.txt
env | sort > environment.txt
echo "answer = 42" > solution.py
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of peers in which nothing is installed."""
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "smallcode"))
    return tmp_path


def install(peer: Peer) -> None:
    program = peers_folder() / peer.program
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(FAKE)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def brief_in(folder: Path) -> Brief:
    work, home = folder / "work", folder / "home"
    (work / "data").mkdir(parents=True)
    home.mkdir()
    (work / "solution.py").write_text("answer = 0\n")
    (work / "test_public.py").write_text("import solution\n")
    return Brief(
        prompt="Make the answer 42.",
        folder=work,
        home=home,
        base_url="http://127.0.0.1:9/v1",
        model="tiny",
        context_window=8_192,
        seconds=20,
        tokens=1_000,
        editable=("solution.py",),
        visible_checks="python -m pytest -q test_public.py",
    )


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_that_is_not_installed_has_no_version(peer: Peer, home: Path) -> None:
    assert peer.version() is None


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_gets_the_words_the_server_and_the_model(peer: Peer, home: Path) -> None:
    install(peer)
    brief = brief_in(home)
    attempt = peer.attempt(brief)
    assert attempt.status == "ended", attempt.log
    assert (brief.folder / "solution.py").read_text() == "answer = 42\n"
    said = (brief.folder / "arguments.txt").read_text() + (brief.folder / "environment.txt").read_text()
    settings = [path.read_text() for path in brief.home.rglob("*.json")]
    assert "Make the answer 42." in said
    assert any(brief.base_url in text for text in (said, *settings))
    assert "tiny" in said


def test_aider_is_given_the_files_by_name(home: Path) -> None:
    (peer,) = (peer for peer in PEERS if peer.name == "aider")
    install(peer)
    brief = brief_in(home)
    peer.attempt(brief)
    arguments = (brief.folder / "arguments.txt").read_text().splitlines()
    assert arguments[arguments.index("--read") + 1] == "test_public.py"
    assert arguments[-1] == "solution.py"


def test_pi_finds_the_server_in_its_own_settings(home: Path) -> None:
    (peer,) = (peer for peer in PEERS if peer.name == "pi")
    install(peer)
    brief = brief_in(home)
    peer.attempt(brief)
    settings = json.loads((brief.home / ".pi" / "agent" / "models.json").read_text())
    assert settings["providers"]["local"]["baseUrl"] == brief.base_url


def test_a_node_program_says_its_version_itself(home: Path) -> None:
    (peer,) = (peer for peer in PEERS if peer.name == "opencode")
    install(peer)
    assert peer.version() == "9.8.7"

"""Agents that a person would use instead, each driven by its own public command line on the same server.

They are installed by `make peers` into a folder of their own; one that is not there is skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from smallcode_jupyter.bench.agents.port import Attempt, Brief
from smallcode_jupyter.bench.agents.process import run_agent
from smallcode_jupyter.bench.tasks import matches
from smallcode_jupyter.models.local.places import smallcode_home
from smallcode_jupyter.protocol.errors import SandboxError, UsageError

__all__ = ["PEERS", "Peer", "install_peers", "peers_folder"]

_ANSWER_TOKENS = 2_048
_LOG_CHARS = 20_000
_BIN = Path("node/node_modules/.bin")
_PYTHON_PACKAGES = {"aider": "aider-chat==0.86.2", "mini": "mini-swe-agent==2.4.6"}
"""Program -> package; each in a virtual environment of its own."""
_NODE_PACKAGES = ("opencode-ai@1.18.33", "@mariozechner/pi-coding-agent@0.73.1")


def peers_folder() -> Path:
    """Where `make peers` puts them."""
    return smallcode_home() / "peers"


def install_peers(tell: Callable[[str], None]) -> None:
    """Fetch those that are missing, through pip and npm. Raises UsageError with what these said."""
    folder = peers_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, package in _PYTHON_PACKAGES.items():
        if not (folder / name / "bin" / name).exists():
            tell(f"{package}: installing")
            _install((sys.executable, "-m", "venv", str(folder / name)), folder)
            _install((str(folder / name / "bin" / "pip"), "install", "--quiet", package), folder)
    if not all((folder / _BIN / name).exists() for name in ("opencode", "pi")):
        tell(f"{', '.join(_NODE_PACKAGES)}: installing")
        (folder / "node").mkdir(exist_ok=True)
        (folder / "node" / "package.json").write_text('{"private": true}', encoding="utf-8")
        _install(("npm", "install", "--no-audit", "--no-fund", *_NODE_PACKAGES), folder / "node")
    _version.cache_clear()


def _install(command: Sequence[str], folder: Path) -> None:
    try:
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise UsageError(f"{command[0]} could not be started.", why=f"{error}.") from error
    if result.returncode != 0:
        raise UsageError("A peer could not be installed.", why=result.stderr.strip()[-300:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """One start of a peer."""

    arguments: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another agent, as a subject."""

    name: str
    program: Path
    """Below `peers_folder()`."""
    call: Callable[[Brief], _Call]
    """May write settings into the brief's home."""
    works_in_notebooks: bool = False

    def version(self) -> str | None:
        """What it says of itself; None: it is not installed."""
        return _version(peers_folder() / self.program)

    def attempt(self, brief: Brief) -> Attempt:
        """One run without a terminal, everything allowed."""
        call = self.call(brief)
        command = (str(peers_folder() / self.program), *call.arguments)
        try:
            finished = run_agent(command, brief, env=call.env)
        except SandboxError as error:
            return Attempt(status="failed", log=str(error))
        log = f"{finished.stdout[-_LOG_CHARS:]}\n{finished.stderr[-2_000:]}".strip()
        return Attempt(status="timed_out" if finished.is_timed_out else "ended", log=log)


@cache
def _version(program: Path) -> str | None:
    if not program.exists():
        return None
    if (packages := program.parent.parent / "lib").is_dir():
        found = sorted(packages.glob(f"python*/site-packages/{_DISTRIBUTIONS[program.name]}-*.dist-info"))
        return found[-1].name.removesuffix(".dist-info").rpartition("-")[2] if found else None
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = (said.stdout + said.stderr).split()
    return words[-1] if said.returncode == 0 and words else None


_DISTRIBUTIONS = {"aider": "aider_chat", "mini": "mini_swe_agent"}


def _files(brief: Brief, *, editable: bool) -> list[str]:
    """The workspace's files that may be changed, or the others."""
    paths = (path for path in sorted(brief.folder.rglob("*")) if path.is_file())
    names = [path.relative_to(brief.folder).as_posix() for path in paths]
    return [name for name in names if matches(brief.editable, name) is editable]


def _aider(brief: Brief) -> _Call:
    options = [
        "--edit-format",
        "whole",
        "--yes-always",
        "--no-git",
        "--no-check-update",
        "--analytics-disable",
    ]
    options += ["--no-show-model-warnings", "--no-pretty", "--no-detect-urls", "--map-tokens", "0"]
    options += ["--no-show-release-notes", "--no-suggest-shell-commands"]
    if brief.visible_checks:
        options += ["--auto-test", "--test-cmd", brief.visible_checks]
    for name in _files(brief, editable=False):
        options += ["--read", name]
    words = ("--model", f"openai/{brief.model}", "--message", brief.prompt, *options)
    env = {
        "OPENAI_API_BASE": brief.base_url,
        "OPENAI_API_KEY": "none",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    return _Call(arguments=(*words, *_files(brief, editable=True)), env=env)


def _mini(brief: Brief) -> _Call:
    words = ["-m", f"openai/{brief.model}", "--model-class", "litellm_textbased", "-c", "mini_textbased.yaml"]
    words += ["-c", f"model.model_kwargs.api_base={brief.base_url}", "-c", "agent.step_limit=30"]
    words += ["-y", "--exit-immediately", "-l", "0", "-o", str(brief.home / "trajectory.json")]
    env = {
        "MSWEA_COST_TRACKING": "ignore_errors",
        "MSWEA_CONFIGURED": "true",
        "MSWEA_GLOBAL_CONFIG_DIR": str(brief.home / "mini"),
        "OPENAI_API_KEY": "none",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    return _Call(arguments=(*words, "-t", brief.prompt), env=env)


def _pi(brief: Brief) -> _Call:
    model = {"id": brief.model, "contextWindow": brief.context_window, "maxTokens": _ANSWER_TOKENS}
    provider = {
        "baseUrl": brief.base_url,
        "api": "openai-completions",
        "apiKey": "none",
        "compat": {"supportsDeveloperRole": False, "supportsReasoningEffort": False},
        "models": [model],
    }
    settings = brief.home / ".pi" / "agent" / "models.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"providers": {"local": provider}}), encoding="utf-8")
    words = ("--offline", "--no-session", "--provider", "local", "--model", brief.model, "-p", brief.prompt)
    return _Call(arguments=words)


def _opencode(brief: Brief) -> _Call:
    limit = {"context": brief.context_window, "output": _ANSWER_TOKENS}
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "name": "local",
        "options": {"baseURL": brief.base_url, "apiKey": "none"},
        "models": {brief.model: {"name": brief.model, "limit": limit}},
    }
    name = f"local/{brief.model}"
    config = {
        "provider": {"local": provider},
        "model": name,
        "small_model": name,
        "autoupdate": False,
        "share": "disabled",
        "permission": "allow",
    }
    path = brief.home / "opencode.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    env = {
        "OPENCODE_CONFIG": str(path),
        "OPENCODE_DISABLE_AUTOUPDATE": "1",
        "OPENCODE_DISABLE_MODELS_FETCH": "1",
        "XDG_CONFIG_HOME": str(brief.home / "config"),
        "XDG_DATA_HOME": str(brief.home / "data"),
        "XDG_CACHE_HOME": str(brief.home / "cache"),
        "XDG_STATE_HOME": str(brief.home / "state"),
    }
    return _Call(arguments=("run", "--title", "task", "-m", name, brief.prompt), env=env)


PEERS: tuple[Peer, ...] = (
    Peer(name="aider", program=Path("aider/bin/aider"), call=_aider),
    Peer(name="opencode", program=_BIN / "opencode", call=_opencode),
    Peer(name="pi", program=_BIN / "pi", call=_pi),
    Peer(name="mini-swe-agent", program=Path("mini/bin/mini"), call=_mini),
)

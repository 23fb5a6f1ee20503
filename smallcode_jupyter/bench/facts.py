"""What a row says about where it came from: the harness, the machine, the model server, the model file."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import smallcode_jupyter
from smallcode_jupyter.models.address import require_allowed, server_root
from smallcode_jupyter.models.grants import Grants
from smallcode_jupyter.models.json_http import as_object, as_text, ask_json
from smallcode_jupyter.models.local.device import device_report
from smallcode_jupyter.models.local.places import state_folder
from smallcode_jupyter.models.local.serve import server_status
from smallcode_jupyter.models.servers import identify_server
from smallcode_jupyter.protocol.errors import NoServer

__all__ = ["ServedBy", "checkout_root", "harness_commit", "hash_file", "machine_words", "served_by"]

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedBy:
    """The model behind an address."""

    base_url: str
    model: str
    context_window: int
    server: str
    """Name and version."""
    model_hash: str = ""
    """SHA-256 of the model file where it is on this machine."""
    is_llama: bool = False
    """Whether it can report its counts with every token."""


def served_by(base_url: str | None, model: str | None) -> ServedBy:
    """Ask the server; by default the embedded one that runs. Raises NoServer, UnknownModel or what it refuses with,
    ConfigError for another machine that was not allowed.
    """
    if base_url:
        require_allowed(base_url, allowed=Grants(state_folder()).origins())
    facts = identify_server(base_url or _running(), timeout=30.0)
    names = facts.names
    chosen = model if model in names or not names else names[0]
    if model and model not in names:
        matching = [name for name in names if model.lower() in name.lower()]
        if not matching:
            raise NoServer(
                f"The server has no model {model!r}.", hint=f"It has: {', '.join(names) or 'none'}."
            )
        chosen = matching[0]
    assert chosen is not None
    served = facts.model(chosen)
    props = _props(facts.base_url) if facts.kind == "llama.cpp" else {}
    path = Path(str(props.get("model_path") or ""))
    return ServedBy(
        base_url=facts.base_url,
        model=chosen,
        context_window=served.context_window,
        server=f"{facts.kind} {_server_version(facts.base_url, str(props.get('build_info') or ''))}".strip(),
        model_hash=hash_file(path) if path.suffix and path.is_file() else "",
        is_llama=facts.kind == "llama.cpp",
    )


def _running() -> str:
    for status in server_status():
        if status.state == "ready":
            return status.base_url
    raise NoServer(
        "No model server runs.", hint="Start one with `smallcode serve`, or name one with --base-url."
    )


def _props(base_url: str) -> dict[str, object]:
    try:
        return dict(as_object(ask_json(server_root(base_url) + "/props", timeout=10.0).body))
    except OSError:
        return {}


def _server_version(base_url: str, build: str) -> str:
    """The build that it names itself; of the embedded server, that of its package."""
    if any(status.base_url == base_url for status in server_status()):
        try:
            return f"xllamacpp {version('xllamacpp')}"
        except PackageNotFoundError:
            return build
    if build:
        return build
    try:
        body = as_object(ask_json(server_root(base_url) + "/version", timeout=5.0).body)
    except OSError:
        return ""
    return as_text(body.get("version"))


def hash_file(path: Path) -> str:
    """SHA-256 of a file, remembered by its path, size and time: models are large."""
    stat = path.stat()
    key = f"{path.resolve()}|{stat.st_size}|{stat.st_mtime_ns}"
    cache_file = state_folder() / "hashes.json"
    try:
        known = json.loads(cache_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    if isinstance(found := known.get(key), str):
        return found
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    known[key] = digest.hexdigest()
    cache_file.parent.mkdir(parents=True, exist_ok=True)
    temporary = cache_file.with_suffix(".tmp")
    temporary.write_text(json.dumps(known, indent=1), encoding="utf-8")
    temporary.replace(cache_file)
    return digest.hexdigest()


def checkout_root() -> Path | None:
    """The git checkout that this package is part of; None where it is installed."""
    package = Path(smallcode_jupyter.__file__).resolve().parent
    if not _git(package, "ls-files", "--error-unmatch", "__init__.py"):
        return None
    root = _git(package, "rev-parse", "--show-toplevel")
    return Path(root) if root else None


@cache
def harness_commit() -> str:
    """Twelve letters of the commit, `+` at the end where files of the package were changed; else the version."""
    root = checkout_root()
    if root is None:
        try:
            return version("smallcode-jupyter")
        except PackageNotFoundError:
            return ""
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", "smallcode_jupyter")
    return _git(root, "rev-parse", "--short=12", "HEAD") + ("+" if changed else "")


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


@cache
def machine_words() -> str:
    """Processor, cores and graphics cards of this machine."""
    report = device_report()
    words = [_processor(), f"{report.cores} cores", *(f"GPU: {gpu.name}" for gpu in report.gpus)]
    return ", ".join(word for word in words if word)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or platform.machine()
    found = (line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name"))
    return next(found, platform.machine())

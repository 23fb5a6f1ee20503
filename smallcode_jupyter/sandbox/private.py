"""What a copy of the kernel must not know: keys in its memory and environment, and places where secrets lie."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

__all__ = ["is_secret_name", "private_places", "wipe_environment", "wipe_session_key"]

_SECRET_WORDS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL")
_BELOW_HOME = (
    ".aws",
    ".azure",
    ".bash_history",
    ".config/gcloud",
    ".config/gh",
    ".config/hub",
    ".config/chromium",
    ".config/google-chrome",
    ".docker/config.json",
    ".git-credentials",
    ".gnupg",
    ".huggingface/token",
    ".cache/huggingface/token",
    ".jupyter",
    ".kaggle",
    ".kube",
    ".local/share/jupyter/runtime",
    ".local/share/keyrings",
    ".mozilla",
    ".netrc",
    ".npmrc",
    ".password-store",
    ".pgpass",
    ".pypirc",
    ".python_history",
    ".ssh",
    ".vault-token",
)
_LEAST_KEY = 8
_ENVIRONMENT_START, _ENVIRONMENT_END = 49, 50
"""Fields of /proc/self/stat, counted from 0."""


def is_secret_name(name: str) -> bool:
    """Whether a variable of this name holds what is nobody else's business."""
    return any(word in name.upper() for word in _SECRET_WORDS)


def private_places(shell: Any, workspace: Path) -> tuple[Path, ...]:
    """Existing files and folders with keys and passwords, and the connection files of kernels.

    None that holds the folder worked in.
    """
    places = [Path.home() / name for name in _BELOW_HOME]
    runtime = os.environ.get("JUPYTER_RUNTIME_DIR")
    if runtime:
        places.append(Path(runtime))
    connection = getattr(getattr(getattr(shell, "kernel", None), "parent", None), "abs_connection_file", "")
    if connection:
        places.append(Path(connection))
    resolved = {Path(os.path.realpath(place)) for place in places if place.exists()}
    return tuple(sorted(place for place in resolved if not workspace.is_relative_to(place)))


def wipe_session_key(shell: Any) -> None:
    """Overwrite the key that signs messages to the kernel: with it, a message could be forged."""
    session = getattr(getattr(shell, "kernel", None), "session", None)
    key = getattr(session, "key", b"")
    if session is None or not isinstance(key, bytes) or len(key) < _LEAST_KEY:
        return
    session.key = b"\0" * len(key)  # a signer is made from it anew, and the old one is gone
    _overwrite(key)


def _overwrite(secret: bytes) -> None:
    header = bytes.__basicsize__ - 1
    ctypes.memset(id(secret) + header, 0, len(secret))


def wipe_environment() -> None:
    """Replace the values of secret variables by as many `x`; also where the system keeps the process's first ones."""
    for name, value in list(os.environ.items()):
        if is_secret_name(name):
            os.environ[name] = "x" * len(value)
    with open("/proc/self/stat") as status:
        fields = status.read().rpartition(")")[2].split()
    start, end = (int(fields[number - 2]) for number in (_ENVIRONMENT_START, _ENVIRONMENT_END))
    place = start
    for entry in ctypes.string_at(start, end - start).split(b"\0"):
        label, equals, content = entry.partition(b"=")
        if equals and is_secret_name(label.decode(errors="replace")):
            ctypes.memset(place + len(label) + 1, ord("x"), len(content))
        place += len(entry) + 1

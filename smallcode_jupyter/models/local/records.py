"""What is noted about a running server, so that every notebook of the user finds it."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from smallcode_jupyter.models.json_http import ask_json
from smallcode_jupyter.models.local.lock import read_object, replace_object
from smallcode_jupyter.models.local.process import is_running
from smallcode_jupyter.protocol.codec import decode, encode

__all__ = ["ServerRecord", "all_records", "answers", "read_record", "record_file", "write_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerRecord:
    """One server process."""

    pid: int
    mark: str
    """Of the process, see `process_mark`: a number alone may belong to another program by now."""
    name: str
    model_path: str
    status: Literal["starting", "ready"] = "starting"
    port: int = 0
    """0 while it starts."""
    context: int = 0
    """Tokens of its window."""
    device: str = ""
    log: str = ""
    idle_seconds: float = 0.0

    @property
    def root(self) -> str:
        """Its address without an API path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_alive(self) -> bool:
        """Whether its process is there."""
        return is_running(self.pid, self.mark)

    def ready(self, *, port: int, context: int, device: str) -> ServerRecord:
        """The same server once it answers."""
        return replace(self, status="ready", port=port, context=context, device=device)


def record_file(folder: Path, model_path: Path) -> Path:
    """Where the server of a model is noted: one per model, and per machine where homes are shared."""
    key = sha256(f"{socket.gethostname()}\0{model_path}".encode()).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9.-]", "-", model_path.stem)[:40]
    return folder / f"server-{stem}-{key}.json"


def read_record(file: Path) -> ServerRecord | None:
    """What is noted there; None if nothing, or nothing that makes sense."""
    try:
        return decode(ServerRecord, read_object(file))
    except ValueError:
        return None


def write_record(file: Path, record: ServerRecord) -> None:
    """Note it, as a whole or not at all. Raises OSError."""
    encoded = encode(record)
    assert isinstance(encoded, dict)
    replace_object(file, encoded)


def all_records(folder: Path) -> tuple[tuple[Path, ServerRecord], ...]:
    """Everything that is noted and makes sense, in the order of the files' names."""
    pairs = ((file, read_record(file)) for file in sorted(folder.glob("server-*.json")))
    return tuple((file, record) for file, record in pairs if record is not None)


def answers(record: ServerRecord, *, timeout: float) -> bool:
    """Whether the server says that it is well."""
    if record.status != "ready":
        return False
    try:
        return ask_json(f"{record.root}/health", timeout=timeout).is_ok
    except OSError:
        return False

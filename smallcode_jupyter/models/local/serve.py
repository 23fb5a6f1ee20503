"""The built-in server: one process per user and model, shared by all notebooks, started when it is needed."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

from smallcode_jupyter.models.local.catalogue import CATALOGUE, DEFAULT_MODEL
from smallcode_jupyter.models.local.device import available_cores
from smallcode_jupyter.models.local.lock import exclusive
from smallcode_jupyter.models.local.places import state_folder
from smallcode_jupyter.models.local.process import end_process, is_running, process_mark, start_detached
from smallcode_jupyter.models.local.pull import list_models, model_path
from smallcode_jupyter.models.local.records import (
    ServerRecord,
    all_records,
    answers,
    read_record,
    record_file,
)
from smallcode_jupyter.protocol.errors import Cancelled, NoModel, NoServer

__all__ = [
    "DEFAULT_CONTEXT",
    "ServeOptions",
    "ServerHandle",
    "ServerStatus",
    "StartProgress",
    "ensure_server",
    "server_arguments",
    "server_status",
    "start_embedded",
    "stop_server",
]

DEFAULT_CONTEXT = 8_192
_POLL_SECONDS = 0.1
_HEALTH_SECONDS = 2.0
_HUNG_SECONDS = 20.0
"""A server that is alive but does not say so for this long is taken for hung, and replaced."""
_LOG_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How a server is to be started."""

    model_path: Path
    name: str
    """Under which it offers the model."""
    port: int = 0
    """0: any free one."""
    context: int = DEFAULT_CONTEXT
    threads: int = 0
    """0: as many as there are cores."""
    idle_seconds: float = 1_800.0
    """It ends after this long without a request; 0: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerHandle:
    """A server that answers."""

    base_url: str
    """With `/v1`."""
    name: str
    """Of the model."""
    pid: int
    device: str
    context: int
    is_new: bool
    """False if it was running already."""
    log: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStatus:
    """A server that is noted, as it is now."""

    name: str
    base_url: str
    """Empty while it starts."""
    pid: int
    device: str
    context: int
    state: str
    """`ready`, `starting`, or `not answering`."""
    log: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProgress:
    """While a server starts."""

    name: str
    seconds: float
    what: str
    """`loading`, or `waiting for another start`."""


OnStart = Callable[[StartProgress], None]
MakeCommand = Callable[[ServeOptions, Path], list[str]]
"""The command line of a server that notes itself in the given file once it answers."""


def ensure_server(
    path: Path,
    *,
    name: str | None = None,
    port: int = 0,
    context: int = DEFAULT_CONTEXT,
    threads: int = 0,
    idle_seconds: float = 1_800.0,
    start_seconds: float = 300.0,
    on_progress: OnStart | None = None,
    cancel: threading.Event | None = None,
    make_command: MakeCommand | None = None,
) -> ServerHandle:
    """The server of this model, started if none runs. Whatever runs is taken as it is, whatever its settings.

    Raises NoServer if it cannot be started, Cancelled. A start that is given up goes on, and the next call attaches.
    """
    options = ServeOptions(
        model_path=path.absolute(),
        name=name or path.stem,
        port=port,
        context=context,
        threads=threads or available_cores(),
        idle_seconds=idle_seconds,
    )
    if make_command is None:
        _require_engine()
    starter = _Starter(
        options=options,
        file=record_file(state_folder(), options.model_path),
        make_command=make_command or _server_command,
        start_seconds=start_seconds,
        on_progress=on_progress or (lambda _: None),
        cancel=cancel or threading.Event(),
    )
    try:
        return starter.run()
    except OSError as error:
        raise NoServer(
            f"The built-in server for {options.name} could not be started.",
            why=f"The system says: {error}.",
            hint=f"Check that {state_folder()} can be written.",
        ) from error


def start_embedded(
    name: str | None = None, *, on_progress: OnStart | None = None, cancel: threading.Event | None = None
) -> ServerHandle:
    """The built-in server with a model that is on this machine; with None the default one, or else the best there is.

    Raises NoModel where the model must be pulled first, UnknownModel, NoServer, Cancelled.
    """
    wanted = name or _best_name()
    path = model_path(wanted)
    return ensure_server(path, on_progress=on_progress, cancel=cancel)


def server_status() -> tuple[ServerStatus, ...]:
    """The servers that run; what is noted about dead ones is removed."""
    found: list[ServerStatus] = []
    for file, record in all_records(state_folder()):
        if not record.is_alive:
            file.unlink(missing_ok=True)
            continue
        found.append(
            ServerStatus(
                name=record.name,
                base_url=f"{record.root}/v1" if record.port else "",
                pid=record.pid,
                device=record.device,
                context=record.context,
                state=_state(record),
                log=Path(record.log),
            )
        )
    return tuple(found)


def _state(record: ServerRecord) -> str:
    if record.status == "starting":
        return "starting"
    return "ready" if answers(record, timeout=_HEALTH_SECONDS) else "not answering"


def stop_server(path: Path | None = None) -> int:
    """End the server of a model, or all of the user's; how many ran."""
    count = 0
    for file, record in all_records(state_folder()):
        if path is None or record.model_path == str(path.absolute()):
            count += end_process(record.pid, record.mark)
            file.unlink(missing_ok=True)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Starter:
    """One call of `ensure_server`."""

    options: ServeOptions
    file: Path
    make_command: MakeCommand
    start_seconds: float
    on_progress: OnStart
    cancel: threading.Event

    def run(self) -> ServerHandle:
        record = read_record(self.file)
        if record is not None and record.is_alive and answers(record, timeout=_HEALTH_SECONDS):
            return _handle(record, is_new=False)

        def on_wait(seconds: float) -> None:
            self.on_progress(
                StartProgress(name=self.options.name, seconds=seconds, what="waiting for another start")
            )

        with exclusive(self.file.with_suffix(".lock"), on_wait=on_wait, cancel=self.cancel):
            return self._attach() or self._start()

    def _attach(self) -> ServerHandle | None:
        """The server that is noted, if it is one; whatever else is noted is cleared away."""
        record = read_record(self.file)
        if record is not None and record.is_alive:
            seconds = self.start_seconds if record.status == "starting" else _HUNG_SECONDS
            ready = self._wait(record.pid, record.mark, seconds=seconds)
            if ready is not None:
                return _handle(ready, is_new=False)
            end_process(record.pid, record.mark)
        self.file.unlink(missing_ok=True)
        return None

    def _start(self) -> ServerHandle:
        log = self.file.with_suffix(".log")
        process = start_detached(
            self.make_command(self.options, self.file),
            log=log,
            folder=self.file.parent,
            environment=_environment(),
        )
        mark = process_mark(process.pid)
        ready = self._wait(process.pid, mark, seconds=self.start_seconds)
        if ready is not None:
            return _handle(ready, is_new=True)
        has_ended = not end_process(process.pid, mark)
        self.file.unlink(missing_ok=True)
        raise NoServer(
            f"The built-in server for {self.options.name} did not start.",
            why=_last_words(log) if has_ended else f"It did not answer within {self.start_seconds:g} s.",
            hint=f"Its log is {log}.",
        )

    def _wait(self, pid: int, mark: str, *, seconds: float) -> ServerRecord | None:
        """What is noted of this process once it answers; None if it ended, or not within that time."""
        started = monotonic()
        while (waited := monotonic() - started) < seconds and is_running(pid, mark):
            noted = read_record(self.file)
            if noted is not None and noted.pid == pid and answers(noted, timeout=_HEALTH_SECONDS):
                return noted
            self.on_progress(StartProgress(name=self.options.name, seconds=waited, what="loading"))
            if self.cancel.wait(_POLL_SECONDS):
                raise Cancelled(
                    "Waiting for the built-in server was stopped.",
                    hint="It goes on loading; ask again to use it.",
                )
        return None


def _handle(record: ServerRecord, *, is_new: bool) -> ServerHandle:
    return ServerHandle(
        base_url=f"{record.root}/v1",
        name=record.name,
        pid=record.pid,
        device=record.device,
        context=record.context,
        is_new=is_new,
        log=Path(record.log),
    )


def _best_name() -> str:
    """The default model if it is here, else the first of the catalogue that is, else any file."""
    here = [model.name for model in list_models() if model.path is not None]
    if here and DEFAULT_MODEL not in here:
        return here[0]
    if here:
        return DEFAULT_MODEL
    title = next(entry.title for entry in CATALOGUE if entry.name == DEFAULT_MODEL)
    raise NoModel(
        "There is no model on this machine yet.",
        why="No model server runs, and no model was pulled for the built-in one.",
        hint=f"Run `smallcode models pull 1.5b` ({title}, 1.1 GB).",
    )


def _require_engine() -> None:
    if find_spec("xllamacpp") is None:
        raise NoServer(
            "The built-in server is not installed.",
            why="It needs the package xllamacpp.",
            hint="Run `pip install 'smallcode-jupyter[local]'`.",
        )


def server_arguments(options: ServeOptions, file: Path) -> list[str]:
    """What `server_main` is to be told; `file` is where it notes itself."""
    return [
        *("--model", str(options.model_path)),
        *("--name", options.name),
        *("--port", str(options.port)),
        *("--context", str(options.context)),
        *("--threads", str(options.threads)),
        *("--idle", str(options.idle_seconds)),
        *("--record", str(file)),
    ]


def _server_command(options: ServeOptions, file: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "smallcode_jupyter.models.local.server_main",
        *server_arguments(options, file),
    ]


def _environment() -> Mapping[str, str]:
    """This process's, with the package found wherever it lies now."""
    here = str(Path(__file__).parents[3])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return f"It ended with: {' / '.join(lines[-_LOG_LINES:])[-500:]}" if lines else "It ended without a word."

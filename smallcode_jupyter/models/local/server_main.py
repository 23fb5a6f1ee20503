"""The built-in server's own process: llama.cpp's HTTP server on loopback, until it has been idle for long."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from smallcode_jupyter.models.json_http import as_int, as_object, ask_json
from smallcode_jupyter.models.local.idle import IdleWatch, read_activity
from smallcode_jupyter.models.local.process import process_mark
from smallcode_jupyter.models.local.records import ServerRecord, read_record, write_record

__all__ = ["Engine", "StartEngine", "main", "watch"]

_MOST_SECONDS_BETWEEN_LOOKS = 10.0
_ALL_LAYERS = -1
"""llama.cpp puts as many layers on the graphics card as fit."""
_CPU_BATCH = 256
"""Prompt tokens read at once. The engine sees between batches that nobody waits for the answer any more: with its own
2,048 the next question waited 20 s on two cores after a long prompt was given up, with 256 it waits 1 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A server that runs inside this process."""

    port: int
    device: str
    server: object
    """Kept as long as it is to serve."""


StartEngine = Callable[[argparse.Namespace], Engine]


def main(arguments: Sequence[str] | None = None, *, start_engine: StartEngine | None = None) -> int:
    """Serve until idle or told to end; the exit status. Raises RuntimeError if the model cannot be loaded."""
    options = _parser().parse_args(arguments)
    record = ServerRecord(
        pid=os.getpid(),
        mark=process_mark(os.getpid()),
        name=options.name,
        model_path=str(options.model),
        log=str(options.record.with_suffix(".log")),
        idle_seconds=options.idle,
    )
    write_record(options.record, record)
    engine = (start_engine or _start_engine)(options)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    ready = record.ready(
        port=engine.port, context=_window(engine.port, options.context), device=engine.device
    )
    write_record(options.record, ready)
    watch(ready, options.record, stop=stop)
    sys.stdout.flush()
    # The engine's own clean-up would wait for a running answer, and there is nothing to keep.
    os._exit(0)


def watch(record: ServerRecord, file: Path, *, stop: Event) -> None:
    """Return when the server has been idle for long enough or `stop` is set; its note is removed then."""
    idle = IdleWatch(record.idle_seconds)
    pause = min(_MOST_SECONDS_BETWEEN_LOOKS, (record.idle_seconds or _MOST_SECONDS_BETWEEN_LOOKS) / 4)
    while not stop.wait(pause) and not idle.is_over(read_activity(record.root)):
        pass
    noted = read_record(file)
    if noted is not None and noted.pid == record.pid:
        file.unlink(missing_ok=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="smallcode-server", description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--idle", type=float, default=0.0)
    parser.add_argument("--record", type=Path, required=True)
    return parser


def _start_engine(options: argparse.Namespace) -> Engine:
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(options.model)
    parameters.model_alias = {options.name}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = options.port
    parameters.n_ctx = options.context
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = options.threads
    parameters.cpuparams_batch.n_threads = options.threads
    parameters.n_gpu_layers = _ALL_LAYERS
    parameters.use_jinja = True
    parameters.cache_prompt = True
    parameters.endpoint_metrics = True
    parameters.ui = False
    # No web page of a browser on this machine may talk to it.
    parameters.cors_origins = "http://127.0.0.1"
    parameters.cors_credentials = False
    parameters.cors_origins_explicit = True
    cpu = xllamacpp.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
    cards = [str(device["description"]) for device in xllamacpp.get_device_info() if device["type"] != cpu]
    if not cards:
        parameters.n_batch = parameters.n_ubatch = _CPU_BATCH
    server = xllamacpp.Server(parameters)
    port = urlsplit(server.listening_address).port or options.port
    device = f"GPU: {', '.join(cards)}" if cards else f"CPU, {options.threads} threads"
    return Engine(port=port, device=device, server=server)


def _window(port: int, wanted: int) -> int:
    """The window that a prompt really has; the engine may give less than was asked for."""
    try:
        body = as_object(ask_json(f"http://127.0.0.1:{port}/props", timeout=10).body)
    except OSError:
        return wanted
    return as_int(as_object(body.get("default_generation_settings")).get("n_ctx")) or wanted


if __name__ == "__main__":
    sys.exit(main())

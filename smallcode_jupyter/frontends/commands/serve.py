"""`smallcode serve`: the built-in model server."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import table

if TYPE_CHECKING:
    from smallcode_jupyter.models.local.serve import StartProgress

__all__ = ["add_serve"]

_LOOK_SECONDS = 1.0


def add_serve(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("serve", help="start the built-in model server")
    parser.add_argument("--model", metavar="NAME|PATH", help="a downloaded model, or a GGUF file")
    parser.add_argument("--foreground", action="store_true", help="wait until it ends; Ctrl-C ends it")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--stop", action="store_true", help="end it (with --model: only that one)")
    action.add_argument("--status", action="store_true", help="what runs")
    parser.set_defaults(run=_serve)


def _serve(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    if args.status:
        return _status(console)
    if args.stop:
        return _stop(args.model, console)
    from smallcode_jupyter.models.local.serve import start_embedded

    told: set[str] = set()

    def on_progress(progress: StartProgress) -> None:
        line = f"{progress.name}: {progress.what}"
        if console.has_live_error:
            console.overwrite(f"{line} {progress.seconds:.0f} s")
        elif line not in told:
            told.add(line)
            console.note(line)

    server = start_embedded(args.model, on_progress=on_progress)
    if console.has_live_error:
        console.note("")
    did = "started" if server.is_new else "was running already"
    console.say(f"{server.name} {did}: {server.base_url} · {server.device} · {server.context:,} tokens")
    console.say("It ends by itself when it is idle, or with: smallcode serve --stop")
    if args.foreground:
        _wait(server.pid, args.model, console)
    return 0


def _wait(pid: int, name: str | None, console: Console) -> None:
    """Until the server ends, or the person ends it."""
    from smallcode_jupyter.models.local.serve import server_status

    try:
        while any(server.pid == pid for server in server_status()):
            time.sleep(_LOOK_SECONDS)
    except KeyboardInterrupt:
        _stop(name, console)


def _stop(name: str | None, console: Console) -> int:
    from smallcode_jupyter.models.local.pull import model_path
    from smallcode_jupyter.models.local.serve import stop_server

    path: Path | None = model_path(name) if name else None
    count = stop_server(path)
    console.say(f"Ended: {count}." if count else "No server was running.")
    return 0


def _status(console: Console) -> int:
    from smallcode_jupyter.models.local.serve import server_status

    servers = server_status()
    if not servers:
        console.say("No server is running.")
        return 0
    rows = [("model", "state", "address", "device", "context", "log")]
    for server in servers:
        context = f"{server.context:,}"
        rows.append(
            (server.name, server.state, server.base_url or "-", server.device, context, str(server.log))
        )
    console.say(table(rows))
    return 0

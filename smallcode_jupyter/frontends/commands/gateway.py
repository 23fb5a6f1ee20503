"""`smallcode gateway`: one model server for a class, fairly."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from smallcode_jupyter.models.gateway.server import Answered, GatewayOptions

__all__ = ["add_gateway"]

_SECRET = "SMALLCODE_GATEWAY_SECRET"
_UPSTREAM_KEY = "SMALLCODE_GATEWAY_UPSTREAM_KEY"


def add_gateway(
    commands: Any, common: argparse.ArgumentParser
) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser(
        "gateway",
        help="share one model server in a class: a fair queue, limits for each",
        description=f"Share one model server in a class. The students' keys are made from {_SECRET} of the "
        f"environment; {_UPSTREAM_KEY} is the model server's own key, if it wants one.",
    )
    parser.add_argument("--upstream", metavar="URL", required=True, help="the model server")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument(
        "--slots", type=int, default=1, help="questions the server answers at once (default: 1)"
    )
    parser.add_argument(
        "--requests", type=int, default=60, help="of each in a minute (default: 60; 0: any number)"
    )
    parser.add_argument("--tokens", type=int, default=0, help="of each in an hour (default: any number)")
    parser.add_argument("--answer-tokens", type=int, default=2_048, help="of one answer (default: 2048)")
    parser.set_defaults(run=_gateway)


def _gateway(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.models.gateway.fair import Rules
    from smallcode_jupyter.models.gateway.server import GatewayOptions

    secret = os.environ.get(_SECRET, "")
    if len(secret) < 16:
        raise UsageError(
            f"{_SECRET} is not set, or shorter than 16 characters.",
            why="The students' keys are made from it.",
            hint="Set it to the output of: openssl rand -hex 32",
        )
    if args.slots < 1:
        raise UsageError("--slots must be at least 1.")

    def tell(answered: Answered) -> None:
        console.note(
            f"{answered.user} · waited {answered.waited:.1f} s · answered in {answered.took:.1f} s · "
            f"{answered.tokens:,} tokens · HTTP {answered.status}"
        )

    options = GatewayOptions(
        upstream=args.upstream,
        secret=secret,
        upstream_key=os.environ.get(_UPSTREAM_KEY, ""),
        slots=args.slots,
        answer_tokens=args.answer_tokens,
        rules=Rules(requests=args.requests, tokens=args.tokens),
        on_answer=tell,
    )
    asyncio.run(_serve(options, args.host, args.port, console))
    return 0


async def _serve(options: GatewayOptions, host: str, port: int, console: Console) -> None:
    from smallcode_jupyter.models.gateway.server import Gateway

    gateway = Gateway(options)
    try:
        address = gateway.open(host=host, port=port)
    except OSError as error:
        raise ConfigError(
            f"The gateway cannot listen on {host}:{port}.",
            why=f"{error.strerror}.",
            hint="Name another --port.",
        ) from error
    console.say(f"A class can ask {options.upstream} at {address} now; Ctrl-C ends it.")
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
    finally:
        await gateway.close()

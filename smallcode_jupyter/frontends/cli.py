"""The command line: `smallcode run "WORDS"` and what belongs to it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.arguments import Arguments
from smallcode_jupyter.frontends.commands.bench import add_bench
from smallcode_jupyter.frontends.commands.changes import add_changes
from smallcode_jupyter.frontends.commands.context import add_context
from smallcode_jupyter.frontends.commands.doctor import add_doctor
from smallcode_jupyter.frontends.commands.gateway import add_gateway
from smallcode_jupyter.frontends.commands.index import add_index
from smallcode_jupyter.frontends.commands.kernel import add_kernel
from smallcode_jupyter.frontends.commands.models import add_models
from smallcode_jupyter.frontends.commands.new import add_new
from smallcode_jupyter.frontends.commands.parse import add_parse
from smallcode_jupyter.frontends.commands.refactor import add_refactor
from smallcode_jupyter.frontends.commands.remote import add_remote
from smallcode_jupyter.frontends.commands.replay import add_replay
from smallcode_jupyter.frontends.commands.route import add_route
from smallcode_jupyter.frontends.commands.run import OpenSession, add_run
from smallcode_jupyter.frontends.commands.serve import add_serve
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import SmallCodeError, UsageError
from smallcode_jupyter.render.plain import plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.ask import Asker
    from smallcode_jupyter.session.session import Session

__all__ = ["main"]

_STOPPED = 130


def main(
    arguments: Sequence[str] | None = None,
    *,
    console: Console | None = None,
    open_session: OpenSession | None = None,
) -> int:
    """Run one command and return its exit status: 0 done, 1 not, 2 usage, 3 no model, 130 stopped.

    An expected failure is one sentence on standard error. `console` and `open_session` replace the real ones.
    """
    console = console or Console()
    try:
        args = _parser().parse_args(sys.argv[1:] if arguments is None else list(arguments))
        if args.version:
            console.say(f"smallcode {_version()}")
            return 0
        if args.run is None:
            raise UsageError("Name a command.", hint="smallcode --help lists them.")
        return int(args.run(args, console, open_session or _open_session))
    except SmallCodeError as error:
        console.note(plain(str(error.problem)))
        return error.exit_status
    except KeyboardInterrupt:
        console.note("Stopped.")
        return _STOPPED
    finally:
        console.close()


def _parser() -> argparse.ArgumentParser:
    common = Arguments(add_help=False)
    common.add_argument("--cwd", default=".", metavar="DIR", help="the folder to work in (default: this one)")
    parser = Arguments(prog="smallcode", description="A coding agent for small local models.")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Arguments)
    looks = (add_index, add_refactor, add_new, add_route, add_parse, add_context, add_replay, add_remote)
    servers = (add_models, add_serve, add_gateway, add_doctor)
    for add in (add_run, add_changes, *servers, add_kernel, *looks, add_bench):
        add(commands, common)
    return parser


def _open_session(
    *, root: Path, given: Mapping[str, object] | None = None, ask: Asker | None = None
) -> Session:
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.session.config import load_settings
    from smallcode_jupyter.session.session import Session

    state = state_folder()
    return Session(root=root, settings=load_settings(root, given=given, state=state), ask=ask, state=state)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("smallcode-jupyter")
    except PackageNotFoundError:
        return "(not installed)"

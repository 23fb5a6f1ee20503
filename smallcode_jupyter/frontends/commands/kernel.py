"""`smallcode kernel`: the confined kernel in Jupyter's list of kernels."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import NotFound

__all__ = ["add_kernel"]


def add_kernel(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("kernel", help="a kernel for Jupyter that is confined when it starts")
    parser.set_defaults(run=_explain)
    actions = parser.add_subparsers(metavar="ACTION", parser_class=type(parser))
    install = actions.add_parser("install", help="put it into Jupyter's list")
    install.add_argument(
        "--forward", action="append", default=[], metavar="HOST:PORT", help="an address it may reach"
    )
    install.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="DOMAIN",
        help="a server that it may reach by http and https, such as pypi.org",
    )
    install.add_argument(
        "--writable", action="append", default=[], type=Path, metavar="FOLDER", help="a folder it may change"
    )
    install.add_argument("--sys-prefix", action="store_true", help="for this environment only")
    install.set_defaults(run=_install)
    for name, run, about in (
        ("allow", _allow, "let confined kernels reach a server, those that run too"),
        ("forbid", _forbid, "no longer let them reach it"),
    ):
        action = actions.add_parser(name, help=about)
        action.add_argument("domain", metavar="DOMAIN")
        action.set_defaults(run=run)
    remove = actions.add_parser("remove", help="take it out of Jupyter's list")
    remove.set_defaults(run=_remove)


def _explain(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.sandbox.bubblewrap import check_bubblewrap
    from smallcode_jupyter.sandbox.kernelspec import allowed_domains

    check_bubblewrap()
    try:
        domains = ", ".join(allowed_domains()) or "nothing"
    except NotFound:
        console.say("A kernel can be confined here: smallcode kernel install")
    else:
        console.say(f"The confined kernel is installed. By http and https it may reach: {domains}.")
    return 0


def _allow(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.sandbox.kernelspec import allow_domain

    console.say(f"Confined kernels may reach {allow_domain(args.domain)} from now on.")
    return 0


def _forbid(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.sandbox.kernelspec import forbid_domain

    console.say(f"Confined kernels no longer reach {forbid_domain(args.domain)}; open connections stay.")
    return 0


def _install(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.sandbox.kernelspec import DISPLAY_NAME, install_kernel

    state = state_folder()
    state.mkdir(parents=True, exist_ok=True)
    place = install_kernel(
        forward=tuple(args.forward),
        domains=tuple(args.allow),
        writable=(state, *args.writable),
        prefix=Path(sys.prefix) if args.sys_prefix else None,
    )
    console.say(f"{DISPLAY_NAME} is in Jupyter's list now ({place}).")
    console.say(
        "It changes files in the notebook's folder only, and reaches no network"
        + _allowed([*args.forward, *args.allow])
    )
    return 0


def _allowed(addresses: list[str]) -> str:
    return f" but {', '.join(addresses)}." if addresses else "."


def _remove(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.sandbox.kernelspec import remove_kernel

    console.say(f"Removed: {remove_kernel()}")
    return 0

"""`smallcode remote`: which other machines may be asked, and taking that back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["add_remote"]


def add_remote(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser(
        "remote", parents=[common], help="which model servers on other machines may be asked"
    )
    parser.add_argument("action", choices=("list", "allow", "forget"), nargs="?", default="list")
    parser.add_argument("address", nargs="?", help="https://HOST, or for `forget` also HOST")
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="the API key that is set now goes there, too, whomever it was used for",
    )
    parser.set_defaults(run=_remote)


def _remote(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.models.grants import Grants
    from smallcode_jupyter.models.local.places import state_folder

    grants = Grants(state_folder())
    if args.action == "list":
        console.say("\n".join(grants.origins()) or "No server on another machine may be asked.")
        return 0
    if not args.address:
        raise UsageError("Name a server.", hint=f"smallcode remote {args.action} https://HOST")
    if args.action == "allow":
        return _allow(args, console)
    gone = grants.forget(args.address.rstrip("/"))
    console.say(f"Forgotten: {', '.join(gone)}." if gone else "There was nothing to forget.")
    return 0 if gone else 1


def _allow(args: argparse.Namespace, console: Console) -> int:
    from smallcode_jupyter.models.address import target_of
    from smallcode_jupyter.models.grants import Grants
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.session.config import load_settings
    from smallcode_jupyter.session.remote import require_unlocked

    target = target_of(args.address)
    settings = load_settings(Path(args.cwd), state=state_folder())
    require_unlocked(settings, args.address)
    key = settings.api_key if args.with_key else None
    if args.with_key and not key:
        raise UsageError("No API key is set.", hint="Set SMALLCODE_API_KEY, or leave out --with-key.")
    Grants(state_folder()).remember(target, key, is_allowed=not target.is_here)
    console.say(
        f"{target.origin} may be asked now. Take it back with: smallcode remote forget {target.origin}"
    )
    return 0

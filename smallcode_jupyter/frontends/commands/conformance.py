"""`smallcode doctor --server URL`: what a server can and cannot do."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.ask import make_asker
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import table
from smallcode_jupyter.protocol.codec import encode
from smallcode_jupyter.render.plain import plain

if TYPE_CHECKING:
    from smallcode_jupyter.models.conformance import Finding

__all__ = ["examine_server"]

_MARKS = {"yes": "✓", "no": "✗", "handled": "~", "unknown": "?"}


def examine_server(args: argparse.Namespace, console: Console) -> int:
    """Ask the server, tell what came of it; 1 where something does not work and cannot be made up for.

    Raises ModelError where it does not answer at all, ConfigError where it may not be asked.
    """
    from dataclasses import replace

    from smallcode_jupyter.models.conformance import examine
    from smallcode_jupyter.models.discovery import discover
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.models.masked import MaskedModel
    from smallcode_jupyter.models.servers import identify_server
    from smallcode_jupyter.session.config import load_settings
    from smallcode_jupyter.session.remote import admit

    given = {"base_url": args.server, "model": args.model}
    settings = load_settings(Path(args.cwd), given=given, state=state_folder())
    asker = make_asker(console.ask, can_ask=lambda: console.is_interactive)
    wanted = admit(settings, state=state_folder(), ask=asker)
    opened = discover(wanted)
    # What is asked here holds nothing of the person's, so nothing need be masked.
    model = opened.unmasked if isinstance(opened, MaskedModel) else opened
    facts = identify_server(model.info.base_url, api_key=wanted.api_key)
    console.note(f"Asking {model.info.name} on {facts.kind} at {facts.base_url} 15 short questions.")
    findings: list[Finding] = []
    try:
        for finding in examine(facts, model, api_key=wanted.api_key):
            findings.append(replace(finding, said=plain(finding.said)))
            if not args.json:
                console.note("  ".join(_row(finding)))
    finally:
        model.close()
    if args.json:
        told = {"server": facts.kind, "address": facts.base_url, "model": model.info.name}
        console.say(json.dumps({**told, "findings": [encode(finding) for finding in findings]}, indent=1))
    else:
        console.say(_text(findings))
    return int(any(finding.verdict == "no" for finding in findings))


def _text(findings: list[Finding]) -> str:
    return "\n".join(
        [
            *table([_row(finding) for finding in findings]).splitlines(),
            "✓ it can   ~ it cannot, and is asked in another way   ✗ it cannot   ? not found out",
        ]
    )


def _row(finding: Finding) -> tuple[str, str, str]:
    return (_MARKS[finding.verdict], finding.about, finding.said)

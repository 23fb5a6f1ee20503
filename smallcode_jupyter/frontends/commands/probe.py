"""`smallcode doctor --probe` and `--forget`: how a model is best asked, found out by asking it."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.ask import make_asker
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import table
from smallcode_jupyter.protocol.codec import encode
from smallcode_jupyter.protocol.tools import Json

if TYPE_CHECKING:
    from smallcode_jupyter.models.port import Model
    from smallcode_jupyter.models.probe import ProbeOutcome, ProbeReport, Way
    from smallcode_jupyter.protocol.model import ModelProfile

__all__ = ["forget", "probe_lines", "run_probe", "summary"]

_FORGET = "smallcode doctor --forget"
_WAYS: dict[Way, str] = {
    "native": "native tool call",
    "json": "line of JSON",
    "whole": "whole file",
    "search_replace": "search and replace",
    "definitions": "changed definitions",
    "choice": "constrained choice",
    "schema": "constrained JSON",
    "steady": "no repetition",
}
_PROTOCOLS = {"native": "native tool calls", "json": "lines of JSON", "blocks": "fenced blocks"}
_FORMATS = {
    "whole": "whole files",
    "search_replace": "search and replace",
    "definitions": "changed definitions",
}


def run_probe(args: argparse.Namespace, console: Console) -> int:
    """Ask, show what came of it, and keep it for the next time the model is opened."""
    from smallcode_jupyter.models.probe import save_probe
    from smallcode_jupyter.models.profiles import profile_for
    from smallcode_jupyter.session.probing import PROBES, probe_model

    model = _open(args, console)
    console.note(f"Asking {model.info.name} {len(PROBES)} small questions.")
    try:
        report = probe_model(
            model,
            today=time.strftime("%Y-%m-%d"),
            on_outcome=lambda outcome: console.note("  ".join(_row(outcome))),
        )
    finally:
        model.close()
    file = save_probe(model.info, report)
    if args.json:
        encoded = encode(report)
        assert isinstance(encoded, dict)
        console.say(json.dumps({**encoded, "file": str(file)}, indent=1))
        return 0
    console.say(_text(report, profile_for(report.model), file))
    return 0


def forget(args: argparse.Namespace, console: Console) -> int:
    """Drop what is kept, of one model or of all; 1 where there was nothing."""
    from smallcode_jupyter.models.probe import forget_probes

    names = forget_probes(args.model)
    if args.json:
        console.say(json.dumps({"forgotten": list(names)}))
    else:
        console.say(f"Forgotten: {', '.join(names)}." if names else "There was nothing to forget.")
    return 0 if names else 1


def summary(report: ProbeReport) -> Json:
    """One remembered probe, for the list of all."""
    return {
        "model": report.model,
        "server": report.server,
        "date": report.date,
        "tool_protocol": report.tool_protocol,
        "edit_format": report.edit_format,
    }


def probe_lines(probes: Json) -> list[str]:
    """The list of all, and how to be rid of it."""
    if not isinstance(probes, list):
        return [str(probes)]
    if not probes:
        return ["none", "Find out how a model is best asked with: smallcode doctor --probe"]
    lines: list[str] = []
    for probe in probes:
        assert isinstance(probe, dict)
        protocol, edit_format = _PROTOCOLS[str(probe["tool_protocol"])], _FORMATS[str(probe["edit_format"])]
        lines.append(
            f"✓ {probe['model']} on {probe['server']}, {probe['date']}: asked with {protocol} and {edit_format}, "
            "whatever its profile says"
        )
    return [*lines, f"Go back to the profiles with: {_FORGET}"]


def _open(args: argparse.Namespace, console: Console) -> Model:
    from smallcode_jupyter.models.discovery import discover
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.models.local.serve import StartProgress, start_embedded
    from smallcode_jupyter.session.config import load_settings
    from smallcode_jupyter.session.remote import admit

    def on_progress(progress: StartProgress) -> None:
        console.note(f"Starting {progress.name}: {progress.what}, {progress.seconds:.0f} s.")

    given = {name: value for name in ("model", "base_url") if (value := getattr(args, name)) is not None}
    settings = load_settings(Path(args.cwd), given=given, state=state_folder())
    asker = make_asker(console.ask, can_ask=lambda: console.is_interactive)
    return discover(
        admit(settings, state=state_folder(), ask=asker),
        start_embedded=lambda name: start_embedded(name, on_progress=on_progress),
    )


def _row(outcome: ProbeOutcome) -> tuple[str, ...]:
    mark = "✓" if outcome.is_obeyed else "✗"
    cost = f"{outcome.prompt_tokens}+{outcome.completion_tokens} tokens, {outcome.seconds:.1f} s"
    return (mark, _WAYS[outcome.way], outcome.about, cost if outcome.seconds else "not asked", outcome.note)


def _text(report: ProbeReport, profile: ModelProfile, file: Path) -> str:
    read = sum(outcome.prompt_tokens for outcome in report.outcomes)
    written = sum(outcome.completion_tokens for outcome in report.outcomes)
    seen = []
    if report.thinks:
        seen.append("It reasons before it answers: every answer costs more, and short ones may never come.")
    if report.stop_words:
        seen.append(f"It prints tokens of its template: {', '.join(report.stop_words)}.")
    now = f"{_PROTOCOLS[report.tool_protocol]} and {_FORMATS[report.edit_format]}"
    said = f"{_PROTOCOLS[profile.tool_protocol]} and {_FORMATS[profile.edit_format]}"
    return "\n".join(
        [
            f"{report.model} on {report.server}: {read:,} tokens read, {written:,} written, {report.seconds:.0f} s",
            *table([_row(outcome) for outcome in report.outcomes]).splitlines(),
            *seen,
            f"It is asked with {now} from now on; its profile, {profile.name}, says {said}.",
            f"Remembered in {file}; forget it with: {_FORGET} --model {report.model}",
        ]
    )

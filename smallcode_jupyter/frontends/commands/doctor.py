"""`smallcode doctor`: what is here, what works, and what to do about the rest."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.commands.conformance import examine_server
from smallcode_jupyter.frontends.commands.probe import forget, probe_lines, run_probe, summary
from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.reports import size_words, table
from smallcode_jupyter.protocol.errors import SmallCodeError, UsageError
from smallcode_jupyter.protocol.tools import Json

__all__ = ["add_doctor"]


def add_doctor(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser(
        "doctor", parents=[common], help="look at servers, models, memory and protection"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--probe",
        action="store_true",
        help="find out, in about a minute, how the model is best asked; remember it",
    )
    action.add_argument(
        "--forget", action="store_true", help="forget what probes found (with --model: about that one)"
    )
    action.add_argument("--server", metavar="URL", help="find out what a server can and cannot do")
    parser.add_argument("--model", help="the model to probe: a name on the server, or of a downloaded model")
    parser.add_argument("--base-url", help="an OpenAI-compatible server to probe")
    parser.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    if args.probe:
        return run_probe(args, console)
    if args.forget:
        return forget(args, console)
    if args.server:
        return examine_server(args, console)
    if args.model or args.base_url:
        raise UsageError(
            "Only a probe is of one model.", hint="Say smallcode doctor --probe, or --server URL."
        )
    looks = {"settings": _guarded(lambda: _settings(Path(args.cwd))), **_LOOKS}
    report: dict[str, Json] = {name: look() for name, look in looks.items()}
    if args.json:
        console.say(json.dumps(report, indent=1))
        return 0
    console.say(_text(report))
    return 0


def _settings(root: Path) -> Json:
    """Those that are not the default, with where they came from."""
    from smallcode_jupyter.models.local.places import state_folder
    from smallcode_jupyter.session.config import load_settings

    settings = load_settings(root, state=state_folder())
    rows = {name: (value, source) for name, value, source in settings.describe()}
    return {
        name: {"value": rows[name][0], "source": rows[name][1], "is_locked": name in settings.locked}
        for name in settings.sources
    }


def _servers() -> Json:
    from smallcode_jupyter.models.discovery import find_servers
    from smallcode_jupyter.models.local.serve import server_status

    found: list[Json] = []
    for facts in find_servers():
        models: list[Json] = [
            {"name": model.name, "context": model.context_window, "is_context_known": model.is_window_known}
            for model in facts.models
        ]
        found.append({"kind": facts.kind, "address": facts.base_url, "models": models})
    for server in server_status():
        model: Json = {"name": server.name, "context": server.context, "is_context_known": True}
        device = {"device": server.device, "state": server.state}
        found.append({"kind": "embedded", "address": server.base_url, "models": [model], **device})
    return found


def _machine() -> Json:
    from smallcode_jupyter.models.local.device import device_report

    report = device_report()
    gpus: list[Json] = [{"name": gpu.name, "memory": gpu.memory} for gpu in report.gpus]
    fits: list[Json] = [
        {"name": fit.name, "title": fit.title, "needs": fit.memory, "place": fit.place} for fit in report.fits
    ]
    return {"cores": report.cores, "memory": report.memory, "gpus": gpus, "fits": fits}


def _models_here() -> Json:
    from smallcode_jupyter.models.local.pull import list_models

    return [model.name for model in list_models() if model.path is not None]


def _protection() -> Json:
    from smallcode_jupyter.sandbox.confine import confinement_available
    from smallcode_jupyter.sandbox.quiescence import check_readiness

    return {"confinement": confinement_available().name, "fork_obstacle": check_readiness().obstacle}


def _packages() -> Json:
    found: dict[str, Json] = {}
    for name in ("smallcode-jupyter", "ipykernel", "ipython", "jupyterlab", "xllamacpp"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return {"python": platform.python_version(), **found}


def _guarded(look: Callable[[], Json]) -> Callable[[], Json]:
    """What cannot be looked at is told in its place."""

    def guarded() -> Json:
        try:
            return look()
        except SmallCodeError as error:
            return {"problem": str(error.problem)}

    return guarded


def _probes() -> Json:
    from smallcode_jupyter.models.probe import all_probes

    return [summary(report) for report in all_probes()]


_LOOKS: dict[str, Callable[[], Json]] = {
    "servers": _guarded(_servers),
    "models_here": _guarded(_models_here),
    "probes": _guarded(_probes),
    "machine": _guarded(_machine),
    "protection": _guarded(_protection),
    "packages": _packages,
}


def _text(report: dict[str, Json]) -> str:
    sections = [
        ("Settings", _setting_lines(report["settings"])),
        ("Servers", _server_lines(report["servers"])),
        ("Models on this machine", _here_lines(report["models_here"])),
        ("Probed models", probe_lines(report["probes"])),
        ("Machine", _machine_lines(report["machine"])),
        ("Protection", _protection_lines(report["protection"])),
        ("Packages", _package_lines(report["packages"])),
    ]
    return "\n\n".join(f"{title}\n" + "\n".join(f"  {line}" for line in lines) for title, lines in sections)


def _setting_lines(settings: Json) -> list[str]:
    assert isinstance(settings, dict)
    if "problem" in settings:
        return [str(settings["problem"])]
    rows = [
        (name, str(row["value"]) or "-", str(row["source"]))
        for name, row in settings.items()
        if isinstance(row, dict)
    ]
    return table(rows).splitlines() or ["all as they come"]


def _server_lines(servers: Json) -> list[str]:
    if not isinstance(servers, list):
        return [str(servers)]
    if not servers:
        return [
            "none answers",
            "Start the built-in one with: smallcode serve (first, once: smallcode models pull qwen2.5-coder-1.5b)",
        ]
    lines: list[str] = []
    for server in servers:
        assert isinstance(server, dict)
        device = f" · {server['device']}" if server.get("device") else ""
        lines.append(f"✓ {server['kind']} at {server['address']}{device}")
        models = server["models"]
        assert isinstance(models, list)
        for model in models:
            assert isinstance(model, dict)
            known = "" if model["is_context_known"] else ", assumed"
            lines.append(f"    {model['name']} (context {model['context']:,} tokens{known})")
    return lines


def _here_lines(names: Json) -> list[str]:
    if not isinstance(names, list) or not names:
        return ["none", "Fetch one with: smallcode models pull qwen2.5-coder-1.5b"]
    return [f"✓ {name}" for name in names]


def _machine_lines(machine: Json) -> list[str]:
    assert isinstance(machine, dict)
    if "problem" in machine:
        return [str(machine["problem"])]
    gpus, fits = machine["gpus"], machine["fits"]
    assert isinstance(gpus, list)
    assert isinstance(fits, list)
    memory = int(str(machine["memory"]))
    lines = [f"{machine['cores']} cores, {size_words(memory) if memory else 'unknown'} of memory"]
    for gpu in gpus:
        assert isinstance(gpu, dict)
        lines.append(f"GPU {gpu['name']}, {size_words(int(str(gpu['memory'])))} of memory")
    if not gpus:
        lines.append("no GPU seen: models run on the CPU")
    rows = []
    for fit in fits:
        assert isinstance(fit, dict)
        mark = f"✓ {fit['place']}" if fit["place"] else "✗ too large"
        rows.append(
            (mark, str(fit["name"]), f"needs {size_words(int(str(fit['needs'])))}", str(fit["title"]))
        )
    return [*lines, "models that fit:", *table(rows).splitlines()]


def _protection_lines(protection: Json) -> list[str]:
    assert isinstance(protection, dict)
    if "problem" in protection:
        return [str(protection["problem"])]
    name, obstacle = protection["confinement"], protection["fork_obstacle"]
    held = f"✓ commands run confined ({name})"
    if name == "unconfined":
        held = "✗ commands cannot be confined here: they are asked for, or not run"
    copy = (
        f"✗ no trial in a copy of the kernel: {obstacle}"
        if obstacle
        else "✓ code is tried in a copy of the kernel"
    )
    return [held, copy]


def _package_lines(packages: Json) -> list[str]:
    assert isinstance(packages, dict)
    return [f"{name} {found}" if found else f"{name} is not installed" for name, found in packages.items()]

"""Calls that the server reported as such."""

from __future__ import annotations

from smallcode_jupyter.agent.parsing.problems import cut_off
from smallcode_jupyter.agent.parsing.repair import load_json
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.model import NativeCall

__all__ = ["NATIVE"]


def read(source: Source) -> Finding | None:
    """Every native call; arguments that are no JSON are mended, or refused where the answer was cut."""
    if not source.native_calls:
        return None
    calls: list[RawCall] = []
    repairs: list[Repair] = []
    problems: list[Problem] = []
    for native in source.native_calls:
        if not native.arguments.strip():
            calls.append(RawCall(name=native.name, arguments={}))
            continue
        loaded = load_json(native.arguments)
        if loaded is None:
            problems.append(_unreadable(native))
        elif source.is_cut and loaded.repair == "json-repair":
            problems.append(cut_off(f"The call of {native.name[:60]}", hint="Write the call again, shorter."))
        else:
            calls.append(RawCall(name=native.name, arguments=loaded.value))
            repairs += [Repair(name=loaded.repair, detail=native.name)] if loaded.repair else []
    return Finding(
        calls=tuple(calls), text=source.text.strip(), repairs=tuple(repairs), problems=tuple(problems)
    )


def _unreadable(native: NativeCall) -> Problem:
    return Problem(
        code="bad_arguments",
        what=f"The arguments of {native.name[:60]} are no JSON object.",
        why=f"They read: {native.arguments.strip()[:60]}",
        hint='Write the call again with arguments like {"path": "a.py"}.',
    )


NATIVE = Dialect(name="native", read=read)

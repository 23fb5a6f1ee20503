"""Calls that the server reported as such."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.call_shapes import known_keys
from smallcode_jupyter.agent.parsing.problems import cut_off
from smallcode_jupyter.agent.parsing.repair import load_json, read_json_at
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.model import NativeCall
from smallcode_jupyter.protocol.tools import Json

__all__ = ["NATIVE"]

_MOST_JOINED = 32
_WORD = re.compile(r"\s*[\w./\\:@~*\-]{1,200}\s*")
"""An argument alone, without anything around it."""
_BLANK = re.compile(r"\s*")


def read(source: Source) -> Finding | None:
    """Every native call; arguments that are no JSON are mended, or refused where the answer was cut."""
    if not source.native_calls:
        return None
    calls: list[RawCall] = []
    repairs: list[Repair] = []
    problems: list[Problem] = []
    for native in source.native_calls:
        joined = _joined(native.arguments)
        if joined:
            calls += [RawCall(name=native.name, arguments=arguments) for arguments in joined]
            repairs.append(Repair(name="joined-calls", detail=native.name[:60]))
            continue
        if not native.arguments.strip():
            calls.append(RawCall(name=native.name, arguments={}))
            continue
        loaded = load_json(native.arguments, keys=known_keys(source.tools))
        if loaded is None and _WORD.fullmatch(native.arguments):
            calls.append(RawCall(name=native.name, arguments=[native.arguments.strip()]))
        elif loaded is None:
            problems.append(_unreadable(native))
        elif source.is_cut and not loaded.is_whole:
            problems.append(cut_off(f"The call of {native.name[:60]}", hint="Write the call again, shorter."))
        else:
            calls.append(RawCall(name=native.name, arguments=loaded.value))
            repairs += [Repair(name=name, detail=native.name[:60]) for name in loaded.repairs]
    return Finding(
        calls=tuple(calls), text=source.text.strip(), repairs=tuple(repairs), problems=tuple(problems)
    )


def _joined(arguments: str) -> list[Json]:
    """The objects of several calls that a server put into one; empty where there is one or none."""
    found: list[Json] = []
    position = 0
    for _ in range(_MOST_JOINED):
        blank = _BLANK.match(arguments, position)
        position = blank.end() if blank is not None else position
        exact = read_json_at(arguments, position) if arguments[position : position + 1] == "{" else None
        if exact is None:
            break
        found.append(exact.value)
        position = exact.end
    return found if len(found) > 1 and not arguments[position:].strip() else []


def _unreadable(native: NativeCall) -> Problem:
    return Problem(
        code="bad_arguments",
        what=f"The arguments of {native.name[:60]} are no JSON object.",
        why=f"They read: {native.arguments.strip()[:60]}",
        hint='Write the call again with arguments like {"path": "a.py"}.',
    )


NATIVE = Dialect(name="native", read=read)

"""What the answers in a history are still worth. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.agent.state import Exchange, RunState
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult

__all__ = ["Worth", "worths_of"]

_LOOKS = frozenset({"read_file", "outline"})
_RUNS = frozenset({"run_tests", "run_command", "run_code"})
_PASSED = re.compile(r"passed\b|unchecked\b|exit status 0\b|There are no tests")
_SHOWN = re.compile(r"\(lines (\d+)-(\d+) of \d+\)")
"""In the first line of what `read_file` gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Of one answer to a call."""

    value: float = 1.0
    """0: something later says the same or more. 1: ordinary. Above: stays, the highest whole for longest."""
    reason: str = ""
    """Why it is worth nothing, or why it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A call with its answer."""

    call: ToolCall
    result: ToolResult


_ORDINARY = Worth()


def worths_of(state: RunState, exchanges: Sequence[Exchange]) -> tuple[tuple[Worth, ...], ...]:
    """For each exchange, what each of its results is worth. What is asked about now stays: the plan, the output that
    shows the latest failure, and the file that is being worked on.
    """
    steps = [
        _Step(call=call, result=result)
        for exchange in exchanges
        for call, result in zip(exchange.calls, exchange.results, strict=True)
    ]
    worths = [_superseded(step, steps[number + 1 :]) for number, step in enumerate(steps)]
    for number, worth in _pinned(steps, worths, _current_path(state, steps)):
        worths[number] = worth
    found: list[tuple[Worth, ...]] = []
    for exchange in exchanges:
        found.append(tuple(worths[: len(exchange.results)]))
        worths = worths[len(exchange.results) :]
    return tuple(found)


def _current_path(state: RunState, steps: Sequence[_Step]) -> str | None:
    """The file that is being worked on; the one changed last where the task does not say."""
    if state.target is not None:
        return state.target
    return next((path for step in reversed(steps) for path in step.result.changed), None)


def _superseded(step: _Step, later: Sequence[_Step]) -> Worth:
    """Worth nothing if a later answer covers it, or a later change made it untrue."""
    call, path = step.call, _path(step.call)
    for other in later:
        if other.result.status != "ok":
            continue
        if call.name in _LOOKS and path in other.result.changed:
            return Worth(value=0.0, reason=f"{path} was changed since")
        if call.name != other.call.name:
            continue
        if call.name == "read_file" and _covers(other, step):
            return Worth(value=0.0, reason=f"{path} was read again later")
        if call.name == "update_plan":
            return Worth(value=0.0, reason="the plan was written anew")
        is_all_tests = call.name == "run_tests" and not _path(other.call)
        if is_all_tests or dict(call.arguments) == dict(other.call.arguments):
            return Worth(value=0.0, reason=f"{call.name} gave a later answer")
    return _ORDINARY


def _path(call: ToolCall) -> str:
    return str(call.arguments.get("path") or "")


def _covers(later: _Step, earlier: _Step) -> bool:
    """Whether the later reading shows every line of the earlier one."""
    if _path(later.call) != _path(earlier.call):
        return False
    now, before = (_SHOWN.search(step.result.content.partition("\n")[0]) for step in (later, earlier))
    if now is None or before is None:
        return dict(later.call.arguments) == dict(earlier.call.arguments)
    return int(now[1]) <= int(before[1]) and int(before[2]) <= int(now[2])


def _pinned(steps: Sequence[_Step], worths: Sequence[Worth], current: str | None) -> list[tuple[int, Worth]]:
    """The latest of each kind that must stay, by its number."""
    found: dict[str, tuple[int, Worth]] = {}
    for number, (step, worth) in enumerate(zip(steps, worths, strict=True)):
        call, result = step.call, step.result
        if worth.value == 0.0 or result.status != "ok":
            continue
        if call.name == "update_plan":
            found["plan"] = number, Worth(value=2.5, reason="the plan")
        elif call.name in _RUNS and not _PASSED.match(result.content):
            found[call.name] = number, Worth(value=2.1, reason="what fails now")
        elif call.name == "read_file" and current is not None and _path(call) == current:
            found["current"] = number, Worth(value=3.1, reason="the file being worked on")
    return list(found.values())

"""Observing modules in Python: calls that the task shows with other literals, and calls made up from signatures."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from smallcode_jupyter.checks.examples import run_steps
from smallcode_jupyter.checks.extract import Group, Step, defined_names
from smallcode_jupyter.checks.judge import Record
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.selection.exemplars import exemplars
from smallcode_jupyter.selection.literals import literal_strings, shown_texts
from smallcode_jupyter.selection.outcomes import BROKE, Outcome
from smallcode_jupyter.selection.signatures import calls_with_text, made_up_calls
from smallcode_jupyter.selection.varying import varied

__all__ = ["observe_python", "python_groups"]

_MOST_GROUPS = 80
_MADE_UP = 16
_FEW = 4
"""With fewer calls shown than this, some are made up from signatures as well."""
_ACCIDENTS = frozenset(
    {"IndexError", "KeyError", "AttributeError", "TypeError", "UnboundLocalError", "NameError"}
    | {"ZeroDivisionError", "RecursionError", "StopIteration"}
)
"""Exceptions that code seldom means to raise."""
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{4,}")
_SEE = """
def _seen(value, depth=0):
    if depth > 4 or value is None or isinstance(value, (bool, int, float, str, bytes, complex)):
        return value
    if isinstance(value, dict):
        return {key: _seen(item, depth + 1) for key, item in list(value.items())[:500]}
    if isinstance(value, (list, tuple)):
        return type(value)([_seen(item, depth + 1) for item in value[:500]]) if type(value) in (list, tuple) else (
            [type(value).__name__, *(_seen(item, depth + 1) for item in value[:500])])
    if isinstance(value, (set, frozenset)):
        return value
    if hasattr(value, "__next__"):
        return ["iterator", *(_seen(item, depth + 1) for _, item in zip(range(500), value))]
    if hasattr(value, "to_dict") and hasattr(value, "index"):
        return [type(value).__name__, str(value.to_dict()), str(list(value.index))]
    if hasattr(value, "__dict__") and type(value).__repr__ is object.__repr__:
        return [type(value).__name__, _seen(vars(value), depth + 1)]
    return value
"""


def python_groups(
    *, path: str, words: str, before: str, text: str, tests: Sequence[str]
) -> tuple[Group, ...]:
    """The calls to observe a module by: `before` and `text` are it before and after the change."""
    names = defined_names(text) | defined_names(before)
    stem = Path(path).stem
    using = [test for test in tests if re.search(rf"\b{re.escape(stem)}\b", test)]
    shown = exemplars(words=words, texts=(before, text), tests=using, names=names)
    wanted = frozenset(name for name in names if not name.startswith("_"))
    samples = shown_texts(words)
    shown += calls_with_text(text, samples, wanted=wanted)
    strings = (*_strings(words, before, shown), *samples)
    called = {word for steps in shown for step in steps for word in re.findall(r"\w+", step.source)}
    found: dict[tuple[Step, ...], None] = dict.fromkeys(shown)
    for steps in shown:
        found.update(dict.fromkeys(varied(steps, pool=strings)))
    unshown = wanted if len(shown) < _FEW else wanted - called
    made_up = made_up_calls(text, wanted=unshown, strings=strings, count=_MADE_UP, prose=f"{words}\n{before}")
    found.update(dict.fromkeys(made_up))
    return tuple(_group(steps) for steps in list(found)[:_MOST_GROUPS])


def observe_python(
    path: str,
    text: str,
    groups: tuple[Group, ...],
    *,
    meant: str,
    folder: Path,
    launcher: Launcher,
    python: str,
) -> list[Outcome]:
    """What came of each value looked at; `meant` names the exceptions that the task speaks of.

    Raises SandboxError where nothing could be started.
    """
    if not groups:
        return []
    records = run_steps(path, text, groups, launcher=launcher, folder=folder, python=python)
    return list(_outcomes(groups, records, lines=text.splitlines(), meant=meant))


def _strings(words: str, before: str, shown: Sequence[tuple[Step, ...]]) -> tuple[str, ...]:
    sources = [words, before, *(step.source for steps in shown for step in steps)]
    return tuple(dict.fromkeys(s for source in sources for s in literal_strings(source) if len(s) <= 40))[:40]


def _group(steps: Sequence[Step]) -> Group:
    """Ready to run: what iterates is drawn out."""
    ready = [Step(kind="run", source=_SEE)]
    for step in steps:
        source = step.source.strip()
        ready.append(Step(kind="value", source=f"_seen({source})") if step.kind == "value" else step)
    return Group(steps=tuple(ready), origin="")


def _outcomes(
    groups: Sequence[Group], records: Mapping[int, Record], *, lines: Sequence[str], meant: str
) -> Iterator[Outcome]:
    index, has_ended = 0, True
    for group in groups:
        for step in group.steps:
            if step.kind == "value":
                call, record = step.source.removeprefix("_seen(").removesuffix(")"), records.get(index)
                # What comes after the first that did not end had no chance to run.
                how = "did not end" if record is None and has_ended else ""
                has_ended = record is not None
                yield (
                    _outcome(record, call, lines, meant)
                    if record
                    else Outcome(text=f"{BROKE}without end", call=call, how=how)
                )
            index += 1


def _outcome(record: Record, call: str, lines: Sequence[str], meant: str) -> Outcome:
    fault = record.get("error")
    if not isinstance(fault, dict):
        text = json.dumps([_rounded(record.get("value")), record.get("output")], sort_keys=True)
        return Outcome(text=hashlib.sha256(_ADDRESS.sub("0x", text).encode()).hexdigest()[:12], call=call)
    name, number = str(fault.get("type")), fault.get("line")
    line = lines[number - 1].strip() if isinstance(number, int) and 0 < number <= len(lines) else ""
    is_meant = name not in _ACCIDENTS or name in meant or line.startswith("raise ") or not line
    where = f" in the line `{line}`" if line else ""
    how = f"raised {name}: {fault.get('message')}{where}"
    return Outcome(text=f"{'raised ' if is_meant else BROKE}{name}", call=call, how=how)


def _rounded(value: Json) -> Json:
    """Encoded values with floats to nine digits, so that the order of a sum does not matter; sets in one order."""
    if isinstance(value, list):
        if len(value) == 2 and value[0] == "float" and isinstance(value[1], str):
            return ["float", f"{float(value[1]):.9g}"]
        items = [_rounded(item) for item in value]
        if len(items) == 2 and items[0] in ("set", "frozenset") and isinstance(items[1], list):
            return [items[0], sorted(items[1], key=json.dumps)]
        return items
    return value

"""Tab after `@` in a request: variables and their columns, cells, files, the last error."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from smallcode_jupyter.frontends.cards import follow
from smallcode_jupyter.frontends.kernel import LiveKernel
from smallcode_jupyter.frontends.references import FRAGMENT
from smallcode_jupyter.frontends.values.style import dynamic, instance_members, is_genuine, type_name

__all__ = ["install_completion", "remove_completion"]

_ID = "smallcode.references"
_REQUEST = re.compile(r"\s*%%smallcode\b")
_LINE = re.compile(r"\s*%smallcode\s")
_MOST = 200
_Found = Iterator[tuple[str, str]]
"""Texts that can stand after `@`, each with what it is: `instance`, `cell`, `path`, ..."""


def install_completion(shell: Any, facts: LiveKernel) -> None:  # IPython is not typed
    """Complete references in the requests of this shell. Nothing else that is typed is completed differently."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier=_ID, priority=100)  # type: ignore[untyped-decorator]  # IPython is not typed
    def match(context: Any) -> dict[str, object]:
        typed = context.line_with_cursor[: context.cursor_position]
        found = FRAGMENT.search(typed)
        if found is None or not (_REQUEST.match(context.full_text) or _LINE.match(typed)):
            return {"completions": [], "suppress": False}
        texts = [item for item in _candidates(found[0][1:], facts) if f"@{item[0]}".startswith(found[0])]
        completions = [SimpleCompletion(f"@{text}", type=kind) for text, kind in texts[:_MOST]]
        return {
            "completions": completions,
            "suppress": True,
            "ordered": True,
            "matched_fragment": found[0],
        }

    remove_completion(shell)
    shell.Completer.custom_matchers.append(match)


def remove_completion(shell: Any) -> None:
    """Leave the shell's completer as it was."""
    matchers = shell.Completer.custom_matchers
    matchers[:] = [matcher for matcher in matchers if getattr(matcher, "matcher_identifier", "") != _ID]


def _candidates(typed: str, facts: LiveKernel) -> _Found:
    if typed.startswith("file:"):
        yield from _files(typed.removeprefix("file:"))
    elif typed.startswith("cell:"):
        for number, _ in reversed(facts.cells()):
            yield f"cell:{number}", "cell"
    elif "." in typed:
        yield from _members(typed, facts)
    else:
        for name, value in facts.variables().items():
            yield name, _kind(value)
        if facts.error_text():
            yield "last-error", "error"
        yield "cell:", "cell"
        yield "file:", "path"


def _files(typed: str) -> _Found:
    folder = os.path.dirname(typed)
    try:
        entries = sorted(Path.cwd().joinpath(folder).iterdir())[:_MOST]
    except OSError:
        return
    for entry in entries:
        if not entry.name.startswith(".") and entry.name != "__pycache__":
            name = os.path.join(folder, entry.name)
            yield f"file:{name}{'/' if entry.is_dir() else ''}", "path"


def _members(typed: str, facts: LiveKernel) -> _Found:
    owner = typed.rpartition(".")[0]
    try:
        value = follow(facts.variables(), owner)
    except KeyError:
        return
    if type_name(value) == "DataFrame" and is_genuine(value, "pandas"):
        columns = dynamic(value).columns
        names = [name for name in columns if type(name) is str and name.isidentifier()]
    else:
        names = [name for name in instance_members(value) if not name.startswith("_")]
    for name in names:
        yield f"{owner}.{name}", "property"


def _kind(value: object) -> str:
    """What front ends show as an icon."""
    if type(value) is FunctionType:
        return "function"
    if issubclass(type(value), ModuleType):
        return "module"
    return "class" if issubclass(type(value), type) else "instance"

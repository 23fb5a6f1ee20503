"""Observing code in Go and Rust: the calls that the task shows, with other literals, in one program built for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from smallcode_jupyter.checks.dialects import language_of
from smallcode_jupyter.checks.driven import Came, Driven, steps_of
from smallcode_jupyter.checks.extract import Group, Step
from smallcode_jupyter.checks.foreign import foreign_groups
from smallcode_jupyter.checks.languages.go_driver import run_go
from smallcode_jupyter.checks.languages.rust_driver import run_rust
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.selection.literals import literal_strings
from smallcode_jupyter.selection.outcomes import BROKE, Outcome
from smallcode_jupyter.selection.varying import varied

__all__ = ["COMPILED", "compiled_groups", "observe_compiled"]

COMPILED = {".go": run_go, ".rs": run_rust}
_MOST_GROUPS = 60
_PANIC = "panic"


def compiled_groups(path: str, *, words: str, before: str, text: str) -> tuple[Group, ...]:
    """The calls to observe a file by: `before` and `text` are it before and after the change."""
    language = language_of(path)
    if language is None:
        return ()
    shown = [
        steps
        for group in foreign_groups(language, text, before=before, words=words)
        if (steps := tuple(_looked_at(step) for step in group.steps)) and _tells(steps)
    ]
    pool = literal_strings(words)
    found = dict.fromkeys(shown)
    for steps in shown:
        found.update(dict.fromkeys(varied(steps, pool=pool, is_signed=language.name == "go")))
    return tuple(Group(steps=steps, origin="") for steps in list(found)[:_MOST_GROUPS])


def observe_compiled(
    path: str, groups: tuple[Group, ...], *, tree: Tree, words: str, launcher: Launcher
) -> list[Outcome]:
    """What came of each value looked at. Empty where nothing could be built. Raises SandboxError."""
    if not groups:
        return []
    driven = COMPILED[path[path.rindex(".") :]](path, groups, tree, launcher=launcher)
    if driven.reason or driven.fault is not None:
        return []
    return list(_outcomes(groups, driven, may_panic="panic" in words.lower()))


def _looked_at(step: Step) -> Step:
    """The step without what it expects."""
    return Step(kind="value" if step.kind in ("value", "equal") else "run", source=step.source)


def _tells(steps: tuple[Step, ...]) -> bool:
    return any(step.kind == "value" for step in steps) and not any("assert" in step.source for step in steps)


def _outcomes(groups: tuple[Group, ...], driven: Driven, *, may_panic: bool) -> Iterator[Outcome]:
    for number, step, _ in steps_of(groups):
        if step.kind == "value":
            yield _outcome(driven.came.get(number), step.source.strip(), may_panic)


def _outcome(came: Came | None, call: str, may_panic: bool) -> Outcome:
    """A panic is an accident unless the task speaks of one; what did not compile is the same for all answers."""
    if came is None:
        return Outcome(text="not run", call=call)
    if not came.error:
        return Outcome(text=hashlib.sha256(came.shown.encode()).hexdigest()[:12], call=call)
    if came.error == "Timeout":
        return Outcome(text=f"{BROKE}without end", call=call, how="did not end")
    place = f" in the line `{came.place.partition(': ')[2]}`" if came.place else ""
    is_meant = may_panic or came.error != _PANIC
    how = f"panicked: {came.message}{place}" if came.error == _PANIC else f"returned an error: {came.message}"
    return Outcome(text=f"{'raised ' if is_meant else BROKE}{came.error}", call=call, how=how)

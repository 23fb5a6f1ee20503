"""Running one answer on the same calls as the others; what came of each call is a short text to compare."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Sequence

from smallcode_jupyter.checks.discover import is_test_file
from smallcode_jupyter.checks.extract import Group
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.staged import Staging, is_cell, original_text, staged_text
from smallcode_jupyter.protocol.effects import Behaviour
from smallcode_jupyter.protocol.errors import SmallCodeError
from smallcode_jupyter.sandbox.process import run_confined
from smallcode_jupyter.selection.javascript import SUFFIXES, Units, javascript_units, observe_javascript
from smallcode_jupyter.selection.outcomes import BROKE, Outcome
from smallcode_jupyter.selection.python import observe_python, python_groups

__all__ = ["Observer"]


class Observer:
    """Observes the answers of one run. The calls are made up at the first one, and the same for all later ones."""

    def __init__(
        self,
        staging: Staging,
        *,
        python: str = sys.executable,
        seconds: float = 8.0,
        cancel: threading.Event | None = None,
    ) -> None:
        """`seconds` limits one observation of one file."""
        self._staging = staging
        self._launcher = Launcher(run=run_confined, seconds=seconds, cancel=cancel)
        self._python = python
        self._groups: dict[str, tuple[Group, ...]] = {}
        self._units: dict[str, Units] = {}

    def observe(self, paths: Sequence[str], words: str) -> Behaviour:
        """What the staged modules among `paths` do. Empty where nothing can be called. Never raises."""
        found: list[Outcome] = []
        for path in paths:
            if is_cell(path) or is_test_file(path) or not self._staging.exists(path):
                continue
            try:
                found += self._of_module(path, words)
            except SmallCodeError:
                return Behaviour()
        breaks = _shortest([outcome for outcome in found if outcome.text.startswith(BROKE)])
        return Behaviour(outcomes=tuple(outcome.text for outcome in found), breaks=tuple(breaks))

    def _of_module(self, path: str, words: str) -> list[Outcome]:
        if not path.endswith((".py", *SUFFIXES)):
            return []
        text = staged_text(self._staging, path)
        before = original_text(self._staging, path) or ""
        folder = self._staging.materialise()
        if path.endswith(".py"):
            if path not in self._groups:
                tests = self._tests(".py")
                self._groups[path] = python_groups(
                    path=path, words=words, before=before, text=text, tests=tests
                )
            return observe_python(
                path,
                text,
                self._groups[path],
                meant=words + before,
                folder=folder,
                launcher=self._launcher,
                python=self._python,
            )
        if path not in self._units:
            tests = self._tests(*SUFFIXES)
            self._units[path] = javascript_units(words=words, texts=(before, text), tests=tests)
        return observe_javascript(path, self._units[path], folder=folder, launcher=self._launcher)

    def _tests(self, *suffixes: str) -> list[str]:
        paths = [path for path in self._staging.paths() if path.endswith(suffixes) and is_test_file(path)]
        return [staged_text(self._staging, path) for path in paths]


def _shortest(broken: Sequence[Outcome]) -> list[str]:
    """Few and telling: the shortest calls, one for each way to break."""
    found: dict[str, str] = {}
    for outcome in sorted(broken, key=lambda outcome: len(outcome.call)):
        found.setdefault(re.sub(r"\d+", "0", outcome.how), f"{outcome.call} {outcome.how}"[:300])
    return list(found.values())[:2]

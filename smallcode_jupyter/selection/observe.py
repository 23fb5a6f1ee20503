"""Running one answer on the same calls as the others; what came of each call is a short text to compare."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Sequence

from smallcode_jupyter.checks.commands import CommandExample
from smallcode_jupyter.checks.discover import is_test_file
from smallcode_jupyter.checks.extract import Group
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.markup.styled import StyledPage
from smallcode_jupyter.checks.page_hints import pages_concerned
from smallcode_jupyter.checks.staged import Staging, is_cell, original_text, staged_text
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.protocol.effects import Behaviour
from smallcode_jupyter.protocol.errors import SmallCodeError
from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.sandbox.process import run_confined
from smallcode_jupyter.selection.cells import observe_cell, results_in_question
from smallcode_jupyter.selection.compiled import COMPILED, compiled_groups, observe_compiled
from smallcode_jupyter.selection.javascript import SUFFIXES, Units, javascript_units, observe_javascript
from smallcode_jupyter.selection.literals import shown_texts
from smallcode_jupyter.selection.outcomes import BROKE, Outcome
from smallcode_jupyter.selection.pages import Question, observe_page, page_questions
from smallcode_jupyter.selection.programs import observe_programs, program_runs
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
        last_trial: Callable[[], TrialReport | None] = lambda: None,
    ) -> None:
        """`seconds` limits one observation of one file. `last_trial`: of the cell that was tried last."""
        self._staging = staging
        self._launcher = Launcher(run=run_confined, seconds=seconds, cancel=cancel)
        self._python = python
        self._groups: dict[str, tuple[Group, ...]] = {}
        self._units: dict[str, Units] = {}
        self._questions: dict[str, tuple[Question, ...]] = {}
        self._runs: tuple[CommandExample, ...] | None = None
        self._last_trial = last_trial
        self._results: tuple[str, ...] | None = None

    def observe(self, paths: Sequence[str], words: str) -> Behaviour:
        """What the staged modules among `paths` do. Empty where nothing can be called. Never raises."""
        found: list[Outcome] = []
        try:
            for path in paths:
                if not is_cell(path) and not is_test_file(path) and self._staging.exists(path):
                    found += self._of_module(path, words)
            if any(map(is_cell, paths)):
                found += self._of_cell(words)
            found += self._of_pages(paths, words)
            found += self._of_programs(paths, words)
        except SmallCodeError:
            return Behaviour()
        breaks = _telling(
            [outcome for outcome in found if outcome.text.startswith(BROKE)], shown_texts(words)
        )
        return Behaviour(outcomes=tuple(outcome.text for outcome in found), breaks=tuple(breaks))

    def _of_module(self, path: str, words: str) -> list[Outcome]:
        if not path.endswith((".py", *SUFFIXES, *COMPILED)):
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
        if path.endswith((*COMPILED,)):
            if path not in self._groups:
                self._groups[path] = compiled_groups(path, words=words, before=before, text=text)
            return observe_compiled(
                path, self._groups[path], tree=self._tree(), words=words, launcher=self._launcher
            )
        if path not in self._units:
            tests = self._tests(*SUFFIXES)
            self._units[path] = javascript_units(words=words, texts=(before, text), tests=tests)
        return observe_javascript(path, self._units[path], folder=folder, launcher=self._launcher)

    def _of_cell(self, words: str) -> list[Outcome]:
        """Of the variables that the first answer made, and every later one has to make."""
        report = self._last_trial()
        if report is None or report.status != "passed":
            return []
        if self._results is None:
            self._results = results_in_question(report, words)
        return observe_cell(report, self._results)

    def _of_pages(self, paths: Sequence[str], words: str) -> list[Outcome]:
        """Of the pages of the first answer that had any: a later one is asked about the same."""
        if not self._questions:
            for path in pages_concerned(paths, paths=self._staging.paths(), read=self._text):
                before = original_text(self._staging, path)
                self._questions[path] = page_questions(
                    words,
                    None if before is None else StyledPage(path, before, read=self._before),
                    StyledPage(path, self._text(path) or "", read=self._text),
                )
        found: list[Outcome] = []
        for path, questions in self._questions.items():
            text = self._text(path)
            found += observe_page(questions, StyledPage(path, text, read=self._text) if text else None)
        return found

    def _text(self, path: str) -> str | None:
        """A staged file's text; None where there is none."""
        try:
            return staged_text(self._staging, path) if self._staging.exists(path) else None
        except SmallCodeError:
            return None

    def _before(self, path: str) -> str | None:
        return original_text(self._staging, path)

    def _of_programs(self, paths: Sequence[str], words: str) -> list[Outcome]:
        if self._runs is None:
            files = [path for path in paths if not is_cell(path) and not is_test_file(path)]
            self._runs = program_runs(files, words=words, tree=self._tree())
        return observe_programs(self._runs, fresh=self._tree, launcher=self._launcher, python=self._python)

    def _tree(self) -> Tree:
        return Tree(folder=self._staging.materialise(), paths=self._staging.paths())

    def _tests(self, *suffixes: str) -> list[str]:
        paths = [path for path in self._staging.paths() if path.endswith(suffixes) and is_test_file(path)]
        return [staged_text(self._staging, path) for path in paths]


def _telling(broken: Sequence[Outcome], samples: Sequence[str]) -> list[str]:
    """Few and telling: one call for each way to break, one with data that the task shows, else the shortest."""

    def rank(outcome: Outcome) -> tuple[bool, int]:
        return not any(repr(sample) in outcome.call for sample in samples), len(outcome.call)

    found: dict[str, str] = {}
    for outcome in sorted(broken, key=rank):
        found.setdefault(re.sub(r"\d+", "0", outcome.how), f"{outcome.call} {outcome.how}"[:300])
    return list(found.values())[:2]

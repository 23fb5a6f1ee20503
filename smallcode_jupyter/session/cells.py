"""Trying code: in a copy of the kernel, or in a fresh process where there is no kernel."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from smallcode_jupyter.protocol.changes import FileChange
from smallcode_jupyter.protocol.tasks import ContextItem
from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.trial import run_script_trial
from smallcode_jupyter.workspace.notebooks import Notebook
from smallcode_jupyter.workspace.paths import is_cell_path
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["CellRunner", "KernelFacts", "StagedFiles"]

_TRIAL_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFiles:
    """Python files as a run has staged them: what the modules of a copy of the kernel are loaded from."""

    root: Path
    texts: Mapping[str, str | None]
    """By path below the root; None: staged to go."""


class KernelFacts(Protocol):
    """What a notebook front end knows of its kernel."""

    def cells(self) -> tuple[tuple[int, str], ...]:
        """The person's cells that ran, with their numbers, oldest first."""

    def notebook(self) -> tuple[Path, Notebook] | None:
        """The notebook's file and what it held when it was saved last; None where it is not known."""

    def context_items(self, words: str) -> tuple[ContextItem, ...]:
        """Variables, recent cells, and the last error where the words ask for it."""

    @property
    def is_rerunning(self) -> bool:
        """Whether what is tried in a copy is followed there by cells."""

    def has_loaded(self, staged: StagedFiles) -> bool:
        """Whether the kernel has loaded one of these files as a module."""

    def run_trial(
        self,
        code: str,
        *,
        seconds: float,
        scratch: Path,
        cancel: threading.Event,
        staged: StagedFiles | None = None,
    ) -> TrialReport:
        """What the code does in a copy of the kernel whose modules were loaded again from what is staged."""

    def run_anew(
        self, code: str, *, seconds: float, scratch: Path, cancel: threading.Event
    ) -> TrialReport | None:
        """What the code does in a copy of the kernel where only the cells above the one that it replaces have run.

        None where it replaces none.
        """


@dataclass(slots=True, kw_only=True)
class CellRunner:
    """Tries code in a copy of the kernel, or in a fresh process where there is no kernel."""

    facts: KernelFacts | None
    staging: Staging
    scratch: Path
    last: TrialReport | None = None
    """Of the cell that was tried last."""

    def run(self, code: str, cancel: threading.Event) -> TrialReport:
        """What the code does."""
        self.last = self._run(code, cancel)
        return self.last

    def run_anew(self, code: str, cancel: threading.Event) -> TrialReport | None:
        """What the code does after the cells above the one that it replaces; None where that is not known."""
        if self.facts is None:
            return None
        scratch = self.scratch / "trial"
        report = self.facts.run_anew(code, seconds=_TRIAL_SECONDS, scratch=scratch, cancel=cancel)
        if report is not None and report.status == "passed":
            self.last = report
        return report

    def _run(self, code: str, cancel: threading.Event) -> TrialReport:
        if self.facts is None:
            folder = self.staging.materialise()
            policy = SandboxPolicy(write_roots=(folder, self.scratch), seconds=_TRIAL_SECONDS)
            return run_script_trial(code, cwd=folder, policy=policy, cancel=cancel)
        return self._in_copy(code, self._staged(), cancel)

    def loads_modules(self) -> bool:
        """Whether the kernel has loaded one of the files that are staged by now."""
        return self.facts is not None and self.facts.has_loaded(self._staged())

    def load(self, cancel: threading.Event) -> tuple[TrialReport, bool] | None:
        """Whether the modules that the kernel has loaded can be loaded again as they are staged, with its variables;
        and whether cells ran there after it. None where it has loaded none of them.

        Where they could not be loaded again as they are on the disk, either, that is not the edit's fault: `not_tried`,
        with the reason.
        """
        if self.facts is None or not self.loads_modules():
            return None
        staged = self._staged()
        report = self._in_copy("", staged, cancel)
        if report.is_prepared:
            return report, self.facts.is_rerunning
        originals = {change.path: change.before for change in self._files()}
        before = self._in_copy("", replace(staged, texts=originals), cancel)
        if not before.is_prepared:
            reason = f"It cannot be loaded again in this kernel, even as it was: {before.error}"
            report = replace(before, status="not_tried", reason=reason)
        return report, False

    def _in_copy(self, code: str, staged: StagedFiles, cancel: threading.Event) -> TrialReport:
        assert self.facts is not None
        scratch = self.scratch / "trial"
        return self.facts.run_trial(
            code, seconds=_TRIAL_SECONDS, scratch=scratch, cancel=cancel, staged=staged
        )

    def _staged(self) -> StagedFiles:
        texts = {change.path: change.after for change in self._files()}
        return StagedFiles(root=self.staging.root, texts=texts)

    def _files(self) -> Iterator[FileChange]:
        return (
            change
            for change in self.staging.changes().files
            if change.path.endswith(".py") and not is_cell_path(change.path)
        )

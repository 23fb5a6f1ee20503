"""Trying code: in a copy of the kernel, or in a fresh process where there is no kernel."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from smallcode_jupyter.protocol.tasks import ContextItem
from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.trial import run_script_trial
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["CellRunner", "KernelFacts"]

_TRIAL_SECONDS = 20.0


class KernelFacts(Protocol):
    """What a notebook front end knows of its kernel."""

    def context_items(self, words: str) -> tuple[ContextItem, ...]:
        """Variables, recent cells, and the last error where the words ask for it."""

    def run_trial(self, code: str, *, seconds: float, scratch: Path, cancel: threading.Event) -> TrialReport:
        """What the code does in a copy of the kernel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRunner:
    """Tries code in a copy of the kernel, or in a fresh process where there is no kernel."""

    facts: KernelFacts | None
    staging: Staging
    scratch: Path

    def run(self, code: str, cancel: threading.Event) -> TrialReport:
        """What the code does."""
        if self.facts is None:
            folder = self.staging.materialise()
            policy = SandboxPolicy(write_roots=(folder, self.scratch), seconds=_TRIAL_SECONDS)
            return run_script_trial(code, cwd=folder, policy=policy, cancel=cancel)
        return self.facts.run_trial(
            code, seconds=_TRIAL_SECONDS, scratch=self.scratch / "trial", cancel=cancel
        )

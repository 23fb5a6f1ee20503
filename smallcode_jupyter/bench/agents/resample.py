"""Blind resampling: fresh answers to the same question, no failure ever shown, until one passes the public checks."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from smallcode_jupyter.bench.agents.answers import files_in, parses, write_files
from smallcode_jupyter.bench.agents.oneshot import ask
from smallcode_jupyter.bench.agents.port import Attempt, Brief
from smallcode_jupyter.bench.public_checks import CHECK_SECONDS, checks_pass
from smallcode_jupyter.protocol.errors import SandboxError

__all__ = ["Resample"]

_SAMPLES = 4
_TEMPERATURE = 0.8
_SEEDS_APART = 1_000


class Resample:
    """The control arm: what the same tokens buy without looking at failures."""

    name = "resample"
    works_in_notebooks = True

    def version(self) -> str:
        """Of the way it is asked."""
        return "1"

    def attempt(self, brief: Brief) -> Attempt:
        """Sample until one passes the public checks, or parses where there are none; else the first that parses.

        It ends with the tokens another agent spent on the same task, where that is known, else after four samples.
        """
        deadline = time.monotonic() + brief.seconds
        samples: list[dict[str, str]] = []
        log: list[str] = []
        spent, is_late, is_good = 0, False, False
        while not is_late and _goes_on(brief, len(samples), spent):
            seed = brief.seed * _SEEDS_APART + len(samples) + 1
            temperature = brief.temperature if brief.temperature is not None else _TEMPERATURE
            left = deadline - time.monotonic()
            said = ask(brief, temperature=temperature, seed=seed, seconds=left)
            if said.status != 200:
                if not samples and not said.is_timed_out and said.status != 429:
                    return Attempt(status="failed", log=f"HTTP {said.status}: {said.text[:2_000]}")
                is_late = said.is_timed_out
                break
            spent += said.tokens
            files = files_in(said.text, brief)
            samples.append(files)
            is_good = bool(files) and parses(files) and _passes(brief, files, deadline)
            log.append(f"sample {len(samples)}: {'good' if is_good else 'not good'}\n{said.text}")
            if is_good:
                break
            is_late = time.monotonic() >= deadline
        chosen = samples[-1] if is_good else _choose(samples)
        write_files(chosen, brief.folder)
        status = "timed_out" if is_late else "ended" if chosen else "no_answer"
        return Attempt(status=status, log="\n\n".join(log)[-20_000:])  # type: ignore[arg-type]


def _goes_on(brief: Brief, samples: int, spent: int) -> bool:
    if samples == 0:
        return True
    if brief.comparison_tokens is not None:
        return spent < brief.comparison_tokens
    return samples < _SAMPLES


def _choose(samples: list[dict[str, str]]) -> dict[str, str]:
    usable = [files for files in samples if files]
    return next((files for files in usable if parses(files)), usable[0] if usable else {})


def _passes(brief: Brief, files: Mapping[str, str], deadline: float) -> bool:
    """Whether the public checks pass on a copy; true where there are none."""
    if not brief.visible_checks:
        return True
    folder = Path(tempfile.mkdtemp(prefix="checks-", dir=brief.home)).resolve()
    try:
        shutil.copytree(brief.folder, folder / "work")
        write_files(files, folder / "work")
        seconds = min(CHECK_SECONDS, max(1.0, deadline - time.monotonic()))
        return checks_pass(
            brief.visible_checks,
            folder / "work",
            cache=folder / "cache",
            hidden=brief.hidden,
            seconds=seconds,
        )
    except SandboxError:
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)

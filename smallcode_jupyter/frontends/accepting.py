"""Running accepted code in the live kernel, and keeping it in the notebook as the next cell."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

__all__ = ["CodeRun", "arun_code", "keep_as_next_cell", "needs_await", "run_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRun:
    """What running accepted code in the live kernel did."""

    was_run: bool
    error: str = ""
    """`ValueError: ...`; empty if it ran to its end."""

    def sentence(self) -> str:
        """What to tell the person."""
        if not self.was_run:
            return "Its code awaits something, so it was put into the next cell for you to run."
        if self.error:
            return f"Its code ran here and ended in an error ({self.error}); it is in the next cell."
        return "Its code ran here and is kept as the next cell."


def needs_await(shell: Any, code: str) -> bool:  # IPython is not typed
    """Whether the code can only run on a loop."""
    return bool(shell.should_run_async(code, transformed_cell=shell.transform_cell(code)))


def run_code(shell: Any, code: str) -> CodeRun:
    """Run it inside the current cell, its output there. Code that must be awaited is not run."""
    if needs_await(shell, code):
        return CodeRun(was_run=False)
    with _interruptible():
        result = shell.run_cell(code, store_history=False)
    return _finished(result)


async def arun_code(shell: Any, code: str) -> CodeRun:
    """The same where code can be awaited."""
    if not needs_await(shell, code):
        return run_code(shell, code)
    result = await shell.run_cell_async(
        code, store_history=False, transformed_cell=shell.transform_cell(code)
    )
    return _finished(result)


def keep_as_next_cell(shell: Any, code: str) -> None:
    """Put the code below the current cell, where the front end supports it."""
    shell.set_next_input(code.rstrip("\n"), replace=False)


def _finished(result: Any) -> CodeRun:
    error = result.error_before_exec or result.error_in_exec
    return CodeRun(was_run=True, error=f"{type(error).__name__}: {error}"[:200] if error else "")


@contextmanager
def _interruptible() -> Iterator[None]:
    """While an awaiting cell runs, the kernel turns interrupts into a cancelled future: blocking code would go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

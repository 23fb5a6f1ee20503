"""Making `%%smallcode` an awaiting cell, so that it can be stopped at once and the kernel's loop goes on.

IPython has no asynchronous magics. The cell is rewritten before IPython looks at it, with the words as a string
literal: nothing in them is ever expanded. Where nothing can be awaited (scripts, terminals, `run_cell` inside a cell),
it becomes a call of the plain magic, just as literally.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

__all__ = ["CellTransformer", "rewrite"]

_CELL = re.compile(r"^[ \t]*%%smallcode(?:[ \t]+(?P<options>.*))?[ \t]*$")


def rewrite(lines: list[str], *, is_awaited: bool) -> list[str]:
    """The lines of a cell; those of a `%%smallcode` cell become one line of Python."""
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    found = _CELL.match(lines[first].rstrip("\r\n")) if first < len(lines) else None
    if found is None:
        return lines
    options = (found["options"] or "").strip()
    body = "".join(lines[first + 1 :])
    # Not `run_cell_magic`: it refuses an empty body, and words may stand on the first line.
    magic = "get_ipython().find_cell_magic('smallcode')"
    target = f"await {magic}.__self__.arun" if is_awaited else magic
    return [f"{target}({options!r}, {body!r})\n"]


class CellTransformer:
    """Rewrites cells of one IPython shell from `install` to `uninstall`."""

    has_side_effects = True
    """Tells IPython not to use it for judging whether an input is complete."""

    def __init__(self, shell: Any) -> None:  # IPython is not typed
        self._shell = shell
        self._depth = 0

    def __call__(self, lines: list[str]) -> list[str]:
        """The lines as IPython will run them."""
        return rewrite(lines, is_awaited=self._can_await())

    def install(self) -> None:
        """Come before IPython's own transformers: they would strip prompts and indentation from the words."""
        self._shell.input_transformers_cleanup.insert(0, self)
        for event, callback in self._callbacks():
            self._shell.events.register(event, callback)

    def uninstall(self) -> None:
        """Leave the shell as it was."""
        self._shell.input_transformers_cleanup.remove(self)
        for event, callback in self._callbacks():
            self._shell.events.unregister(event, callback)

    def _callbacks(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (("pre_execute", self._enter), ("post_execute", self._leave))

    def _enter(self) -> None:
        self._depth += 1

    def _leave(self) -> None:
        self._depth = max(0, self._depth - 1)

    def _can_await(self) -> bool:
        """Whether the cell is about to run on a running loop. Inside another cell's `run_cell` it would not."""
        if self._depth or not self._shell.autoawait:
            return False
        if self._shell.loop_runner is not self._shell.loop_runner_map["asyncio"][0]:
            return False
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
        return True

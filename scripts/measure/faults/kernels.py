"""`kill -9` of the kernel in which the agent lives, at every step of a run that tries a cell in a copy of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
from ground import Ground, Outcome, death_at, ground, in_child, killed_at_each, scratch_folders

from smallcode_jupyter.frontends.kernel import LiveKernel
from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.session.config import Settings
from smallcode_jupyter.session.session import Session

_WORDS = "Compute total, the sum of the list values."
_WRONG, _GOOD = "```python\ntotal = sum(valeus)\n```", "```python\ntotal = sum(values)\n```"


def kernel_in_a_run(most: int) -> Outcome:
    """At each event, at most `most` of them: files and notebook stay, no copy of the kernel goes on.

    The kernel is an IPython shell in a process of its own, without Jupyter's channels.
    """
    before, tried, failures = scratch_folders(), 0, []
    with ground({"data.csv": "a\n1\n"}) as place:
        cell = nbformat.v4.new_code_cell("values = [1, 2]", id="one")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), place.root / "open.ipynb")
        old = place.snapshot()
        for tried in killed_at_each(most, lambda at: _run_until(place, at)):
            if place.snapshot() != old:
                failures.append(f"files differ after a kill at event {tried}")
            if copies := _copies():
                failures.append(f"{len(copies)} copies go on after a kill at event {tried}")
        in_child(lambda: _run_until(place, 0))
    if stays := scratch_folders() - before:
        failures.append(f"{len(stays)} temporary folders stay after the next run")
    return Outcome(name="kill -9 of the kernel at each event of a run", tried=tried, failures=tuple(failures))


def _run_until(place: Ground, number: int) -> None:
    """A run in a kernel, killed at that event; 0: not at all."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.run_cell("values = [1, 2]")
    model = ScriptedModel([_WRONG, *[_GOOD] * 5])
    kernel = LiveKernel(shell)
    session = Session(root=place.root, settings=Settings(), facts=kernel, model=model, state=place.state)
    finished = session.run(_WORDS, surface="notebook", on_event=death_at(number)).finished
    if finished.outcome not in ("validated", "unvalidated"):
        raise AssertionError(f"the run ended as {finished.outcome}: {finished.reason}")


def _copies(*, seconds: float = 5.0) -> tuple[int, ...]:
    """The processes with this one's command line that are still there after some seconds."""
    deadline = time.monotonic() + seconds
    while True:
        found = tuple(_alike())
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def _alike() -> Iterator[int]:
    mine = Path("/proc/self/cmdline").read_bytes()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        number = int(path.parent.name)
        try:
            if number != os.getpid() and path.read_bytes() == mine:
                yield number
        except OSError:
            continue  # it has ended

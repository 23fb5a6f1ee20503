"""Somebody else at the same files: editors, notebooks, links, clocks."""

from __future__ import annotations

import itertools
import os
import stat
import time
from collections.abc import Iterator
from unittest.mock import patch

import nbformat
from ground import FILES, GOOD, STUB, WORDS, Ground, Outcome, ground, unheard
from kills import on_server, start_server

from smallcode_jupyter.protocol.errors import FileChanged, WorkspaceError
from smallcode_jupyter.workspace.journal import Journal
from smallcode_jupyter.workspace.notebooks import edit_cell, parse_notebook
from smallcode_jupyter.workspace.staging import Staging

_THEIRS = b"theirs\n"
_DAY = 86_400.0


def saved_at_each_step(*, undoes: bool, renames: bool) -> Outcome:
    """An editor saves a file at each step of an accept or undo: what it saved is there afterwards."""
    tried, failures = 0, []
    for number in itertools.count(1):
        with ground(FILES) as place:
            left = [number]

            def step(_: str, left: list[int] = left, place: Ground = place) -> None:
                left[0] -= 1
                if left[0] == 0:
                    _save(place, renames=renames)

            folder = place.state / "journal"
            plain, watched = Journal(place.root, folder), Journal(place.root, folder, step=step)
            changes = place.proposal({"changed.py": "new\n", "other.py": "made\n"})
            if undoes:
                plain.apply(changes)
            try:
                watched.undo() if undoes else watched.apply(changes)
            except FileChanged:
                if (place.root / "other.py").exists() is not undoes:
                    failures.append(f"refused and yet changed at step {number}")
            if left[0] > 0:
                break
            tried += 1
            if (place.root / "changed.py").read_bytes() != _THEIRS:
                failures.append(f"what was saved at step {number} is lost")
    way = "renaming" if renames else "writing in place"
    name = f"an editor saves by {way} at each step of an {'undo' if undoes else 'accept'}"
    return Outcome(name=name, tried=tried, failures=tuple(failures))


def _save(place: Ground, *, renames: bool) -> None:
    path = place.root / "changed.py"
    if renames:
        path.with_suffix(".swp").write_bytes(_THEIRS)
        path.with_suffix(".swp").replace(path)
    else:
        path.write_bytes(_THEIRS)


def notebook_saved_in_a_run(times: int) -> Outcome:
    """An open notebook is saved, with a new output and a new cell, between the run and the accept."""
    failures = []
    for number in range(times):
        with ground({}) as place:
            path = place.root / "a.ipynb"
            _write_notebook(path, "x = 1")
            session = place.session()
            staging = Staging(place.root, place.state / "staged")
            text = staging.read("a.ipynb")
            cell = parse_notebook(text).cells[0]
            staging.write("a.ipynb", edit_cell(text, "one", cell.source_hash, "x = 2"))
            session.pending = staging.changes()
            _write_notebook(path, "x = 1", output=f"out {number}\n", more="y = 5")
            session.accept()
            now = path.read_text(encoding="utf-8")
            if not all(part in now for part in ("x = 2", f"out {number}", "y = 5")):
                failures.append("an output or a cell is lost")
            session.undo()
            if "x = 1" not in path.read_text(encoding="utf-8"):
                failures.append("the undo did not bring the cell back")
    return Outcome(name="a notebook is saved during a run", tried=times, failures=tuple(failures))


def _write_notebook(path: object, source: str, *, output: str = "", more: str = "") -> None:
    outputs = [nbformat.v4.new_output("stream", text=output)] if output else []
    cells = [nbformat.v4.new_code_cell(source, id="one", outputs=outputs)]
    if more:
        cells.append(nbformat.v4.new_code_cell(more, id="two"))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def links() -> Outcome:
    """Links inside are followed, links that lead out are refused, other names of a file keep what it was."""
    failures = []
    with ground({"real.py": "old\n", "twin.py": "old\n"}) as place:
        outside = place.root.parent / "outside.py"
        outside.write_text("private\n")
        (place.root / "link.py").symlink_to("real.py")
        (place.root / "out.py").symlink_to(outside)
        os.link(place.root / "twin.py", place.root / "twin2.py")
        session = place.session()
        session.pending = place.proposal({"link.py": "new\n", "twin.py": "new\n"})
        session.accept()
        if (place.root / "real.py").read_text() != "new\n" or not (place.root / "link.py").is_symlink():
            failures.append("a link inside was not followed")
        if (place.root / "twin2.py").read_text() != "old\n":
            failures.append("the other name of a file changed with it")
        session.undo()
        for name in ("out.py", "real.py"):
            session.pending = place.proposal({name: "evil\n"})
            if name == "real.py":  # swapped for a link that leads out, after it was looked at
                (place.root / name).unlink()
                (place.root / name).symlink_to(outside)
            try:
                session.accept()
                failures.append(f"{name} was written through a link that leads out")
            except WorkspaceError:
                pass
        if outside.read_text() != "private\n":
            failures.append("a file outside was written")
    return Outcome(name="symbolic and hard links", tried=4, failures=tuple(failures))


def read_only_folder() -> Outcome:
    """A file, and a folder, that may not be written: refused, nothing changed."""
    failures = []
    for name in ("pkg", "pkg/x.py"):
        with ground() as place:
            old = place.snapshot()
            session = place.session()
            session.pending = place.proposal({"pkg/x.py": "new\n", "changed.py": "new\n"})
            mode = stat.S_IMODE((place.root / name).stat().st_mode)
            (place.root / name).chmod(mode & ~0o222)
            try:
                session.accept()
                failures.append(f"it was written though {name} is read-only")
            except WorkspaceError:
                pass
            (place.root / name).chmod(mode)
            if place.snapshot() != old:
                failures.append("something was changed")
    return Outcome(name="read-only file and folder", tried=2, failures=tuple(failures))


def idle_day(times: int) -> Outcome:
    """A session rests for a day between a run, its accept, its undo and the next run.

    Nobody waits: both clocks are put forward 24 hours, and the model's server is another process afterwards, as
    where it was started anew in the night, so that every connection of the day before is dead.
    """
    failures = []
    past, now, steady = [0.0], time.time, time.monotonic
    with (
        patch("time.time", lambda: now() + past[0]),
        patch("time.monotonic", lambda: steady() + past[0]),
    ):
        for number in range(times):
            with ground({"tools.py": STUB}) as place:
                failures += [f"day {number + 1}: {what}" for what in _a_day(place, past)]
    return Outcome(
        name="24 hours idle between a run, accept, undo and the next run",
        tried=times,
        failures=tuple(failures),
        note="clocks put forward, the server started anew",
    )


def _a_day(place: Ground, past: list[float]) -> Iterator[str]:
    old = place.snapshot()
    server, address = start_server()
    session = on_server(place, address)
    try:
        first = session.run(WORDS, surface="files", on_event=unheard).finished.outcome
        past[0] += _DAY
        session.accept()
        new = place.snapshot()
        past[0] += _DAY
        session.undo()
        if first != "validated" or new == old or place.snapshot() != old:
            yield f"the first run ended as {first}, or was not undone"
        server.kill()
        server.wait()
        server, _ = start_server(int(address.rsplit(":", 1)[1].removesuffix("/v1")))
        past[0] += _DAY
        if (second := session.run(WORDS, surface="files", on_event=unheard).finished.outcome) != "validated":
            yield f"the run on the next day ended as {second}"
    finally:
        session.close()
        server.kill()
        server.wait()


def clock_jumps(times: int) -> Outcome:
    """The clock jumps ten years to and fro at every look: a run, an accept and an undo go as always."""
    failures = []
    jump = itertools.cycle((0.0, 3e8, -3e8))
    real = time.time
    for _ in range(times):
        with ground({"tools.py": STUB}) as place, patch("time.time", lambda: real() + next(jump)):
            old = place.snapshot()
            session = place.session(GOOD, GOOD)
            ended = session.run(WORDS, surface="files", on_event=unheard).finished.outcome
            session.accept()
            if ended != "validated" or place.snapshot() == old:
                failures.append(f"the run ended as {ended}")
            session.undo()
            if place.snapshot() != old:
                failures.append("the undo did not bring the files back")
    return Outcome(name="the clock jumps ten years", tried=times, failures=tuple(failures))

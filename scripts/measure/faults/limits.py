"""What runs out, and what is too much: space, lines, output, reports, cycles."""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from ground import (
    FILES,
    GOOD,
    STUB,
    TEXTS,
    WORDS,
    Ground,
    Outcome,
    ground,
    in_child,
    unheard,
)
from kills import both_states

from smallcode_jupyter.protocol.codec import encode
from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.sandbox.policy import (
    Axes,
    Display,
    FileChange,
    Plot,
    SandboxPolicy,
    Series,
    TrialReport,
    ValueChange,
)
from smallcode_jupyter.sandbox.process import run_confined
from smallcode_jupyter.sandbox.telling import tell_report
from smallcode_jupyter.sandbox.trial import _parsed, _whole_message, run_script_trial
from smallcode_jupyter.workspace.journal import Journal

_MEGABYTE = 2**20
_FULL_DISK = Path(__file__).with_name("full_disk.py")


def disk_full_at_each_step(most: int) -> Outcome:
    """No space at each step on the disk of an accept, at most `most` of them: all as it was."""
    tried, failures = 0, []
    for number in itertools.count(1):
        with ground(FILES) as place:
            old, left = place.snapshot(), [number]

            def step(_: str, left: list[int] = left) -> None:
                left[0] -= 1
                if left[0] == 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            try:
                Journal(place.root, place.state / "journal", step=step).apply(place.proposal(TEXTS))
            except WorkspaceError:
                tried += 1
            if left[0] > 0 or tried == most:
                break
            if place.snapshot() != old:
                failures.append(f"files differ after no space at step {number}")
    return Outcome(name="no space at each step of an accept", tried=tried, failures=tuple(failures))


def file_size_limit(sizes: tuple[int, ...]) -> Outcome:
    """The system ends writing after some bytes, as a full quota does: all files are old or new."""
    failures = []
    for size in sizes:
        with ground({"a.py": "old\n", "b.py": "old\n"}) as place:
            changes = place.proposal({"a.py": "1\n" * 2_000, "b.py": "2\n" * 4_000})

            def accept(place: Ground = place, changes: object = changes, size: int = size) -> None:
                session = place.session()
                session.pending = changes  # type: ignore[assignment]
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
                with contextlib.suppress(WorkspaceError):
                    session.accept()

            if in_child(accept) != 0:
                failures.append(f"an error of another kind at {size} bytes")
            place.session()
            sizes_now = {name: (place.root / name).stat().st_size for name in ("a.py", "b.py")}
            if sizes_now not in ({"a.py": 4, "b.py": 4}, {"a.py": 4_000, "b.py": 8_000}):
                failures.append(f"neither old nor new at {size} bytes: {sizes_now}")
    return Outcome(
        name="writing ends after some bytes",
        tried=len(sizes),
        failures=tuple(failures),
        note="a limit of file size stands in for a full disk",
    )


def long_cell(lines: int) -> Outcome:
    """A notebook with a cell of very many lines is named in a task: the prompt fits, the file stays."""
    failures = []
    source = "\n".join(f"value_{number} = {number}" for number in range(lines))
    with ground({"tools.py": STUB}) as place:
        cell = nbformat.v4.new_code_cell(source, id="long")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), place.root / "long.ipynb")
        old = place.snapshot()
        ended = place.session(*[GOOD] * 10).run(f"{WORDS} See long.ipynb.", surface="files", on_event=unheard)
        if ended.finished.outcome != "validated" or place.snapshot() != old:
            failures.append(f"the run ended as {ended.finished.outcome}")
    return Outcome(name=f"a cell of {lines:,} lines", tried=1, failures=tuple(failures))


def disk_really_full(pages: int) -> Outcome:
    """A file system of its own with 0, 1, ... free pages, each deed: all or nothing, said in words; see `full_disk`."""
    name = "accept, accept of a part, undo, reject, run on a full disk"
    with tempfile.TemporaryDirectory(prefix="disk-") as folder:
        command = ["unshare", "-Urm", sys.executable, str(_FULL_DISK), folder, str(pages)]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        failures = (f"it could not be tried here: {done.stderr.strip().splitlines()[-1:]}",)
        return Outcome(name=name, tried=0, failures=failures)
    told = json.loads(done.stdout)
    return Outcome(name=name, tried=told["tried"], failures=tuple(told["failures"]))


def much_output(megabytes: int) -> Outcome:
    """A command, and a cell, print very much: what is kept is short, and memory stays."""
    failures = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with ground({}) as place:
        policy = SandboxPolicy(write_roots=(place.root,), seconds=600.0)
        most = policy.output_chars + 1_000
        code = f"import sys\nfor _ in range({megabytes}): sys.stdout.write('x' * {_MEGABYTE})"
        result = run_confined([sys.executable, "-c", code], cwd=place.root, policy=policy)
        if result.exit_code != 0 or len(result.stdout) > most:
            failures.append(f"the command: exit {result.exit_code}, {len(result.stdout)} characters kept")
        report = run_script_trial(code, cwd=place.root, policy=policy)
        if report.status != "passed" or len(report.stdout) > most:
            failures.append(f"the cell: {report.status}, {len(report.stdout)} characters kept")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if grown > 30:
        failures.append(f"memory grew by {grown:.0f} MB")
    return Outcome(
        name=f"{megabytes} MB of output, of a command and of a cell",
        tried=2,
        failures=tuple(failures),
        note=f"+{grown:.0f} MB",
    )


def mutated_reports(count: int) -> Outcome:
    """Reports of trials with bytes, values and types changed at random: each is a report or `crashed`, never more."""
    chance, failures = random.Random(1), []
    good = json.dumps(encode(_REPORT)).encode()
    for number in range(count):
        message = _mutated(good, chance)
        try:
            whole = _whole_message(bytearray(b"%08d" % min(len(message), 99_999_999) + message))
            tell_report(_parsed(whole or b""))
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            failures.append(f"report {number}: {type(error).__name__}: {error}"[:200])
    return Outcome(name="mutated trial reports", tried=count, failures=tuple(failures[:5]))


_REPORT = TrialReport(
    status="passed",
    stdout="out\n",
    error="ValueError: no",
    added=("a",),
    changed=("df",),
    values=(ValueChange(name="df", kind="changed", before="DataFrame, 3 rows", changed_bytes=64_000),),
    files=(FileChange(path="clean.csv", kind="added", size=21),),
    displays=(Display(types=("text/html",), text="<b>"),),
    plots=(Plot(title="t", axes=(Axes(series=(Series(kind="line", count=3, first=("1", "2")),)),)),),
    blocked=("write /etc/hosts",),
    seconds=0.5,
)
_ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "\ud800",
    "\x1b]0;x\x07",
    "x" * 5_000,
    [],
    {},
    [[[[]]]],
    {"status": "passed"},
)


def _mutated(good: bytes, chance: random.Random) -> bytes:
    way = chance.randrange(6)
    if way == 0:
        return good[: chance.randrange(len(good))]
    if way == 1:
        at = chance.randrange(len(good))
        return good[:at] + bytes([chance.randrange(256)]) + good[at + 1 :]
    if way == 2:
        return b"[" * chance.randrange(1, 200_000)
    if way == 3:
        at = chance.randrange(len(good))
        return good[:at] + good[chance.randrange(len(good)) :]
    fields = json.loads(good)
    _replace_somewhere(fields, chance)
    return json.dumps(fields).encode()


def _replace_somewhere(value: object, chance: random.Random) -> None:
    while isinstance(value, dict | list) and value:
        key = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        if not isinstance(value[key], dict | list) or chance.random() < 0.4:  # type: ignore[index]
            value[key] = chance.choice(_ODD)  # type: ignore[index]
            return
        value = value[key]  # type: ignore[index]


def cycles(count: int) -> Outcome:
    """Accept and undo again and again: the same bytes, a journal of bounded size, no file left open."""
    failures = []
    with ground(FILES) as place:
        session = place.session()
        old, new = both_states(place)
        changes = place.proposal(TEXTS)
        opened = len(os.listdir("/proc/self/fd"))
        for number in range(count):
            session.pending = changes
            session.accept()
            if place.snapshot() != new:
                failures.append(f"other bytes were accepted in cycle {number + 1}")
            session.undo()
            if place.snapshot() != old:
                failures.append(f"files differ after {number + 1} cycles")
        if (now := len(os.listdir("/proc/self/fd"))) != opened:
            failures.append(f"{now - opened} files stay open")
        kept = len(session.journal.entries())
        if kept > 200:
            failures.append(f"the journal keeps {kept} entries")
    return Outcome(name="accept and undo, again and again", tried=count, failures=tuple(failures))

"""`kill -9`: of the agent at every step of a run, an accept and an undo; of its model's server."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ground import (
    FILES,
    GOOD,
    STUB,
    TEXTS,
    WORDS,
    WRONG,
    Ground,
    Outcome,
    Snapshot,
    death_at,
    die,
    ground,
    in_child,
    killed_at_each,
    left_processes,
    scratch_folders,
    unheard,
)

from smallcode_jupyter.protocol.errors import FileChanged, SmallCodeError, UsageError
from smallcode_jupyter.protocol.tasks import Limits
from smallcode_jupyter.session.config import Settings
from smallcode_jupyter.session.session import Session
from smallcode_jupyter.workspace.journal import Journal

_KILLED = -signal.SIGKILL
_SLEEPS = "import subprocess, sys\n\n\ndef test_waits():\n    subprocess.run(['sleep', '{seconds}'])\n"
_SERVER = Path(__file__).with_name("slow_server.py")


def agent_in_a_run(most: int) -> Outcome:
    """At each event of a run with a wrong answer and a right one, at most `most` of them."""
    before_folders = scratch_folders()
    tried, failures = 0, []
    with ground() as place:
        old = place.snapshot()
        for tried in killed_at_each(most, lambda at: _run_until(place, at)):
            if place.snapshot() != old:
                failures.append(f"files differ after a kill at event {tried}")
            if left := left_processes(str(place.root.parent)):
                failures.append(f"a process stays after a kill at event {tried}: {left[0][:80]}")
        in_child(lambda: place.session(WRONG, GOOD).run(WORDS, surface="files", on_event=unheard))
    if stays := scratch_folders() - before_folders:
        failures.append(f"{len(stays)} temporary folders stay after the next run")
    return Outcome(name="kill -9 of the agent at each event of a run", tried=tried, failures=tuple(failures))


def _run_until(place: Ground, number: int) -> None:
    place.session(WRONG, GOOD).run(WORDS, surface="files", on_event=death_at(number))


def agent_while_tests_run(times: int) -> Outcome:
    """While a check waits for a test that waits for a program."""
    tried, failures = 0, []
    for number in range(times):
        seconds = f"{8_000 + number}.{os.getpid()}"
        with ground({"tools.py": STUB, "test_tools.py": _SLEEPS.format(seconds=seconds)}) as place:
            old = place.snapshot()

            def run(place: Ground = place, seconds: str = seconds) -> None:
                threading.Thread(target=_die_once_there, args=(f"sleep {seconds}",), daemon=True).start()
                place.session(GOOD).run(WORDS, surface="files", on_event=unheard)

            tried += 1
            if in_child(run) != _KILLED:
                failures.append("the test was never waited for")
            if place.snapshot() != old:
                failures.append("files differ")
            if left := left_processes(seconds):
                failures.append(f"a process stays: {left[0][:80]}")
    return Outcome(
        name="kill -9 of the agent while a test runs a program", tried=tried, failures=tuple(failures)
    )


def _die_once_there(line: str) -> None:
    while not left_processes(line, seconds=0.0):
        time.sleep(0.02)
    die()


def agent_accepting(most: int) -> Outcome:
    """At each step on the disk of an accept."""
    return _in_the_journal("kill -9 of the agent at each step of an accept", most, undoes=False)


def agent_undoing(most: int) -> Outcome:
    """At each step on the disk of an undo."""
    return _in_the_journal("kill -9 of the agent at each step of an undo", most, undoes=True)


def _in_the_journal(name: str, most: int, *, undoes: bool) -> Outcome:
    tried, failures = 0, []
    with ground(FILES) as place:
        old, new = both_states(place)

        def prepare() -> None:
            session = place.session()
            if undoes:
                session.journal.apply(place.proposal(TEXTS))

        for tried in killed_at_each(most, lambda at: _decide(place, at, undoes=undoes), prepare=prepare):
            session = place.session()  # what starts next puts right what was left
            if (now := place.snapshot()) not in (old, new):
                failures.append(f"neither old nor new after a kill at step {tried}")
            if now != old:
                session.undo()
            if place.snapshot() != old:
                failures.append(f"not undone after a kill at step {tried}")
    return Outcome(name=name, tried=tried, failures=tuple(failures))


def both_states(place: Ground) -> tuple[Snapshot, Snapshot]:
    """All files before and after the change of `TEXTS`."""
    session = place.session()
    old = place.snapshot()
    session.journal.apply(place.proposal(TEXTS))
    new = place.snapshot()
    session.undo()
    return old, new


def _decide(place: Ground, number: int, *, undoes: bool) -> None:
    session = place.session()
    session.journal = Journal(place.root, place.state / "journal", step=death_at(number))
    if undoes:
        session.undo()
    else:
        session.pending = place.proposal(TEXTS)
        session.accept()


def model_server_in_a_run(most: int) -> Outcome:
    """At each event of a run, at most `most` of them: the run ends with its last event, and no file changes."""
    tried, failures, ends = 0, [], []
    with ground() as place:
        old = place.snapshot()
        for number in itertools.count(1):
            server, address = start_server()
            left = [number]

            def count(left: list[int] = left, server: subprocess.Popen[str] = server) -> None:
                left[0] -= 1
                if left[0] == 0:
                    server.kill()
                    server.wait()

            try:
                ends.append(asked(place, address, on_event=count))
            except SmallCodeError as error:
                failures.append(f"the run broke off after a kill at event {number}: {error}")
            finally:
                server.kill()
                server.wait()
            if left[0] > 0:
                break
            tried += 1
            if place.snapshot() != old:
                failures.append(f"files differ after a kill at event {number}")
            if tried == most:
                break
    note = ", ".join(f"{ends.count(end)} ended as {end}" for end in sorted(set(ends)))
    return Outcome(
        name="kill -9 of the model's server at each event of a run",
        tried=tried,
        failures=tuple(failures),
        note=note,
    )


def start_server(port: int = 0) -> tuple[subprocess.Popen[str], str]:
    """A server that answers slowly, and its address; 0: at any port."""
    command = [sys.executable, str(_SERVER), GOOD, str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    with server.stdout as stdout:
        return server, stdout.readline().strip()


def on_server(place: Ground, address: str) -> Session:
    """A session that asks the server."""
    settings = Settings(base_url=address, model="slow", context_window=8_192)
    return Session(root=place.root, settings=settings, state=place.state)


def asked(place: Ground, address: str, *, on_event: Callable[[], None]) -> str:
    """How a run on the server ends."""
    session = on_server(place, address)
    try:
        limits = Limits(calls=2, tokens=20_000, seconds=300.0, answer_tokens=512)
        return session.run(
            WORDS, surface="files", limits=limits, on_event=lambda _: on_event()
        ).finished.outcome
    finally:
        session.close()


def two_agents(times: int) -> Outcome:
    """Two processes accept different changes of the same files at once."""
    failures = []
    with ground({"a.py": "0\n", "b.py": "0\n"}) as place:
        for turn in range(times):
            children = []
            for name in ("first", "second"):
                changes = place.proposal({"a.py": f"{name} {turn}\n", "b.py": f"{name} {turn}\n"})
                child = os.fork()
                if child == 0:
                    os._exit(_applies(place, changes))
                children.append(child)
            codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
            if codes != [0, 7]:
                failures.append(f"they ended with {codes}")
            if (place.root / "a.py").read_text() != (place.root / "b.py").read_text():
                failures.append("their changes are mixed")
    return Outcome(name="two processes change the same files", tried=times, failures=tuple(failures))


def _applies(place: Ground, changes: object) -> int:
    try:
        Journal(place.root, place.state / "journal").apply(changes)  # type: ignore[arg-type]
    except (FileChanged, UsageError):
        return 7
    except BaseException:  # noqa: BLE001 - the parent sees the exit code
        return 1
    return 0

"""Many tasks in one process and one session, as in a kernel that runs for days. `python scripts/measure/soak.py [500]`

Five kinds of tasks in turn, on the scripted model: validated, accepted and undone; wrong first, then validated and
rejected; a question; a confined command; a server that fails. After every tenth task what the process holds goes to
`--log FILE`, a JSON line. After the first fifth (warm-up) nothing may grow: open files, threads, child processes,
temporary folders, memory. In the last fifth Python's own allocations are compared as well (`tracemalloc`).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "faults"))

from ground import GOOD, STUB, WORDS, WRONG, Ground, ground, scratch_folders, unheard

from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.protocol.errors import ServerFault, SmallCodeError
from smallcode_jupyter.protocol.tasks import Limits
from smallcode_jupyter.session.session import Session

_MOST_MB, _MOST_KB_A_TASK = 5.0, 1.0
_LIMITS = Limits(calls=3, tokens=20_000, seconds=600.0, answer_tokens=512)
_COMMAND = '{"name": "run_command", "arguments": {"command": "echo hello"}}'


def _run(session: Session, words: str, *replies: str | SmallCodeError) -> str:
    session._model = ScriptedModel(replies)
    return session.run(words, surface="files", limits=_LIMITS, on_event=unheard).finished.outcome


def _accepted(session: Session) -> str:
    outcome = _run(session, WORDS, GOOD, GOOD)
    session.accept()
    session.undo()
    return outcome


def _rejected(session: Session) -> str:
    outcome = _run(session, WORDS, WRONG, GOOD, GOOD)
    session.reject()
    return outcome


_KINDS: tuple[tuple[Callable[[Session], str], str], ...] = (
    (_accepted, "validated"),
    (_rejected, "validated"),
    (lambda session: _run(session, "What does double do?", "It doubles a number."), "answered"),
    (lambda session: _run(session, "Run the command echo hello.", _COMMAND, "It says hello."), "answered"),
    (lambda session: _run(session, WORDS, *[ServerFault("The server fell over.")] * 9), "failed"),
)


def held() -> dict[str, int]:
    """What the process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "open files": len(os.listdir("/proc/self/fd")),
        "threads": len(os.listdir("/proc/self/task")),
        "child processes": len(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()),
        "temporary folders": len(scratch_folders()),
        "memory in kB": pages * resource.getpagesize() // 1024,
    }


def soak(place: Ground, count: int, log: Path | None) -> tuple[str, ...]:
    """Run so many tasks; what grew or ended otherwise than it should, a sentence each."""
    session, old, failures = place.session(), place.snapshot(), []
    warm, last = max(1, count // 5), max(2, count - count // 5)
    before, allocated = held(), 0
    for number in range(1, count + 1):
        act, wanted = _KINDS[number % len(_KINDS)]
        if (outcome := act(session)) != wanted:
            failures.append(f"task {number} ended as {outcome}, not {wanted}")
        if number == warm:
            before = held()
        if number == last:
            after = held()
            tracemalloc.start()
        if number == last + 10:
            gc.collect()
            allocated = tracemalloc.get_traced_memory()[0]
        if log is not None and number % 10 == 0:
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"task": number, "failures": failures, **held()}) + "\n")
    gc.collect()
    per_task = (tracemalloc.get_traced_memory()[0] - allocated) / 1024 / max(1, count - last - 10)
    tracemalloc.stop()
    grown = (after["memory in kB"] - before["memory in kB"]) / 1024
    print(f"{count} tasks; memory {grown:+.1f} MB from task {warm} to task {last}; ", end="")
    print(f"allocated {per_task:+.2f} kB a task after task {last + 10}; now: {held()}")
    if place.snapshot() != old:
        failures.append("files differ")
    now = held()
    failures += [
        f"{now[kind] - before[kind]} more {kind}"
        for kind in ("open files", "threads", "child processes", "temporary folders")
        if now[kind] > before[kind]
    ]
    if grown > _MOST_MB:
        failures.append(f"memory grew by {grown:.1f} MB")
    if count >= 100 and per_task > _MOST_KB_A_TASK:
        failures.append(f"each task leaves {per_task:.2f} kB")
    return tuple(failures)


def main() -> int:
    """Print what grew."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int, nargs="?", default=500)
    options.add_argument("--log", type=Path, help="a file for what is held as it goes on")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        tempfile.tempdir = folder  # so that only the agent's own temporary folders are counted
        with ground({"tools.py": STUB}) as place:
            failures = soak(place, given.count, given.log)
    print("\n".join(failures) or "nothing grew")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())

"""What every fault is tried on: a small workspace, a session on the scripted model, and what must not change."""

from __future__ import annotations

import itertools
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.events import Envelope
from smallcode_jupyter.session.config import Settings
from smallcode_jupyter.session.session import Session

Snapshot = dict[str, bytes | None]
STUB = 'def double(x):\n    """Twice x.\n\n    >>> double(4)\n    8\n    """\n'
GOOD = f"```python tools.py\n{STUB}    return 2 * x\n```"
WRONG = f"```python tools.py\n{STUB}    return x + 3\n```"
WORDS = "Implement double in tools.py."
FILES = {"tools.py": STUB, "changed.py": "old\n", "deleted.py": "gone\n", "pkg/x.py": "old\r\n"}
TEXTS = {"changed.py": "new\n", "deleted.py": None, "pkg/x.py": "new\r\n", "sub/deep/new.py": "made\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One fault: how often it was tried, and what did not survive it."""

    name: str
    tried: int
    failures: tuple[str, ...] = ()
    """A sentence each."""
    note: str = ""
    """What was measured on the way, or done in place of what this machine does not allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A workspace with some files in it, and where the session keeps its notes."""

    root: Path
    state: Path

    def put(self, files: Mapping[str, str | bytes]) -> None:
        """Write files."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def session(self, *replies: object) -> Session:
        """On a scripted model."""
        return Session(
            root=self.root,
            settings=Settings(),
            model=ScriptedModel(replies),  # type: ignore[arg-type]
            state=self.state,
        )

    def proposal(self, texts: Mapping[str, str | None]) -> ChangeSet:
        """The change set that gives files these texts (None: deleted), as if they had just been read."""
        files = []
        for name, after in sorted(texts.items()):
            path = self.root / name
            old = path.read_bytes() if path.exists() else None
            before_hash = None if old is None else content_hash(old)
            before = None if old is None else old.decode()
            files.append(FileChange(path=name, before=before, after=after, before_hash=before_hash))
        return ChangeSet(id="proposed", files=tuple(files))

    def snapshot(self) -> Snapshot:
        """All files with their bytes, all folders with None."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(self.root.rglob("*"))
        }


@contextmanager
def ground(files: Mapping[str, str | bytes] = FILES) -> Iterator[Ground]:
    """A workspace for the time within."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        made = Ground(root=Path(folder, "work"), state=Path(folder, "state"))
        made.root.mkdir()
        made.put(files)
        yield made


def in_child(act: Callable[[], object]) -> int:
    """Run `act` in a forked process; its exit code, negative for a signal, 1 for an exception."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setsid()
            act()
            code = 0
        except BaseException as error:  # noqa: BLE001 - the parent sees the exit code
            print(f"{type(error).__name__}: {error}")
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    """As `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def death_at(number: int) -> Callable[[object], None]:
    """What ends this process as `kill -9` does when it is called for the `number`th time; 0: never."""
    left = [number]

    def step(_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            die()

    return step


def killed_at_each(
    most: int, act: Callable[[int], object], *, prepare: Callable[[], object] = lambda: None
) -> Iterator[int]:
    """1, 2, ... after `act` of the number, in a process of its own, died of `kill -9`; until it lives, or `most`."""
    for number in itertools.count(1):
        prepare()
        if number > most:
            return
        if in_child(lambda at=number: act(at)) != -signal.SIGKILL:
            return
        yield number


def unheard(envelope: Envelope) -> None:
    """For runs whose events nobody needs."""


def left_processes(mark: str, *, seconds: float = 3.0) -> tuple[str, ...]:
    """The command lines that hold the mark and are still there after some seconds."""
    deadline = time.monotonic() + seconds
    while True:
        found = tuple(line for line in _command_lines() if mark in line)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def _command_lines() -> Iterator[str]:
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            yield Path("/proc", name, "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue


def scratch_folders() -> set[str]:
    """The temporary folders of the agent that lie about."""
    return {name for name in os.listdir(tempfile.gettempdir()) if name.startswith("smallcode-")}

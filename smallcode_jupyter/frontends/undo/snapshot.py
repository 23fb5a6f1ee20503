"""A copy of the kernel as it is now, kept asleep. It runs nothing; asked for objects, it sends their contents pickled.

What comes back is unpickled in the kernel: the copy holds only what the kernel itself held when it was made.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import pickle
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

from smallcode_jupyter.frontends.undo.contents import Survey, content_of, survey
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.render.plain import one_line
from smallcode_jupyter.sandbox import isolate
from smallcode_jupyter.sandbox.confine import confine_self, confinement_available
from smallcode_jupyter.sandbox.pages import Buffer, written_bytes
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.quiescence import check_readiness, fork_copy

__all__ = ["Fetched", "Snapshot", "take_snapshot"]

_LENGTH = struct.Struct(">Q")
_MOST_BYTES = 1 << 40
_SECONDS = 60.0
_CHUNK = 1 << 22
_MEMORY_MB = 65_536
"""The copy pickles; what that takes beyond its pages is given up with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a copy gave."""

    contents: Mapping[int, object] = field(default_factory=dict)
    """Address -> the content that the object had, as `put_back` takes it."""
    failed: Mapping[int, str] = field(default_factory=dict)
    """Address -> why its content could not be had."""


class Snapshot:
    """A sleeping copy. `drop` ends it; it also ends with the kernel."""

    def __init__(self, process: int, questions: int, answers: int) -> None:
        self._process = process
        self._questions = questions
        self._answers = answers

    def fetch(self, found: Survey, addresses: Sequence[int], *, seconds: float = _SECONDS) -> Fetched:
        """The contents of objects that were surveyed before the copy was made.

        What in them was surveyed, too, is the object itself, in this process.
        """
        try:
            question = {"names": sorted(found.roots), "addresses": list(addresses)}
            _write(self._questions, json.dumps(question).encode())
            deadline = time.monotonic() + seconds
            header = json.loads(_read(self._answers, deadline))
            parts = [_read(self._answers, deadline) for _ in range(header["parts"])]
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            return Fetched(failed=dict.fromkeys(addresses, f"the copy of the kernel is gone ({error})"))
        failed = {int(address): str(why) for address, why in header["failed"].items()}
        try:
            contents: dict[int, object] = _Reader(parts, found.objects).load()
        except Exception as error:  # noqa: BLE001  # unpickling runs the classes' own code
            why = f"{type(error).__name__}: {one_line(str(error), 100)}"
            return Fetched(failed=dict.fromkeys(addresses, why) | failed)
        return Fetched(contents=contents, failed=failed)

    def differing(self, places: Mapping[int, tuple[int, int]]) -> list[int]:
        """Of pieces of memory, by a key each, those that have other bytes here than in the copy.

        To be asked before the kernel has gone on. Only pages that were written since are compared.
        """
        buffers = [Buffer(name=str(key), start=start, size=size) for key, (start, size) in places.items()]
        try:
            written = written_bytes("self", buffers)
            return [int(key) for key in written if not self._is_same(*places[int(key)])]
        except OSError:
            return []

    def read_into(self, start: int, size: int) -> bool:
        """Put the copy's bytes of a piece of memory into the same place here; whether that was possible."""
        try:
            with open(f"/proc/{self._process}/mem", "rb", buffering=0) as memory:
                return all(
                    os.preadv(memory.fileno(), [_bytes_at(place, count)], place) == count
                    for place, count in _chunks(start, size)
                )
        except OSError:
            return False

    def _is_same(self, start: int, size: int) -> bool:
        with open(f"/proc/{self._process}/mem", "rb", buffering=0) as memory:
            return all(
                os.pread(memory.fileno(), count, place) == _bytes_at(place, count)
                for place, count in _chunks(start, size)
            )

    def drop(self) -> None:
        """End the copy and give back its memory. May be called twice."""
        if not self._process:
            return
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)
        os.close(self._questions)
        os.close(self._answers)
        self._process = 0


def _chunks(start: int, size: int) -> Iterator[tuple[int, int]]:
    for place in range(start, start + size, _CHUNK):
        yield place, min(_CHUNK, start + size - place)


def _bytes_at(place: int, count: int) -> memoryview:
    return memoryview((ctypes.c_char * count).from_address(place)).cast("B")


def take_snapshot(shell: Any) -> tuple[Snapshot | None, str]:  # IPython is not typed
    """A copy of this kernel, or None and why there can be none now. Call it on the main thread."""
    readiness = check_readiness()
    if readiness.obstacle:
        return None, readiness.obstacle
    available = confinement_available()
    if not (available.protects_files and available.has_seccomp):
        return None, "this system cannot protect files from it"
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    questions, answers = os.pipe(), os.pipe()
    # An interrupt between the fork and the `try` of either process would leave the other alone.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        parent = os.getpid()
        process = fork_copy(readiness)
        if process == 0:
            _sleep(shell, questions[0], answers[1], parent)
    except OSError as error:
        for number in (*questions, *answers):
            os.close(number)
        return None, str(error)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    os.close(questions[0])
    os.close(answers[1])
    return Snapshot(process, questions[1], answers[0]), ""


def _sleep(shell: Any, questions: int, answers: int, parent: int) -> NoReturn:
    """The copy's life: answer until nobody can ask any more. Never returns into the caller's frames."""
    try:
        isolate.detach_process(parent)
        null = os.open(os.devnull, os.O_WRONLY)
        isolate.redirect_streams(null, os.dup(null))
        isolate.seal_files(frozenset((questions, answers)))
        confine_self(SandboxPolicy(memory_mb=_MEMORY_MB), is_strict=True, is_trial=True)
        while True:
            question = json.loads(_read(questions, None))
            header, parts = _pickled(shell.user_ns, question["names"], question["addresses"])
            _write(answers, json.dumps(header).encode())
            for part in parts:
                _write(answers, part)
    except (EOFError, OSError, ValueError, SandboxError):
        os._exit(0)
    finally:
        os._exit(1)


class _Writer(pickle.Pickler):
    """Pickles contents. Objects that both sides know are sent as their addresses, which are the same in both."""

    def __init__(
        self, file: io.BytesIO, known: Mapping[int, object], buffers: list[pickle.PickleBuffer]
    ) -> None:
        super().__init__(file, protocol=5, buffer_callback=buffers.append)
        self._known = known

    def persistent_id(self, value: object) -> int | None:
        """The address of what the other side has, too."""
        return id(value) if id(value) in self._known else None


class _Reader(pickle.Unpickler):
    """Reads what `_Writer` wrote."""

    def __init__(self, parts: Sequence[bytearray], known: Mapping[int, object]) -> None:
        super().__init__(io.BytesIO(parts[0]), buffers=parts[1:])
        self._known = known

    def persistent_load(self, address: int) -> object:
        """The object itself."""
        return self._known[address]


def _pickled(
    namespace: Mapping[str, object], names: Sequence[str], addresses: Sequence[int]
) -> tuple[dict[str, object], list[bytes | memoryview]]:
    """All that can be pickled in one piece, large arrays beside it, and why the rest cannot."""
    known = survey(namespace, names, seconds=_SECONDS).objects
    failed: dict[int, str] = {}
    wanted: dict[int, object] = {}
    for address in addresses:
        try:
            content = content_of(known[address])
            _Writer(io.BytesIO(), known, []).dump(content)
        except BaseException as error:  # noqa: BLE001  # pickling runs the classes' own code
            failed[address] = f"{type(error).__name__}: {one_line(str(error), 100)}"
        else:
            wanted[address] = content
    buffers: list[pickle.PickleBuffer] = []
    whole = io.BytesIO()
    _Writer(whole, known, buffers).dump(wanted)
    parts: list[bytes | memoryview] = [whole.getvalue(), *(buffer.raw() for buffer in buffers)]
    return {"failed": failed, "parts": len(parts)}, parts


def _write(number: int, data: bytes | memoryview) -> None:
    os.write(number, _LENGTH.pack(len(data)))
    view = memoryview(data)
    while view:
        view = view[os.write(number, view[: 1 << 20]) :]


def _read(number: int, deadline: float | None) -> bytearray:
    """One message. Raises EOFError where the other side is gone, TimeoutError."""
    (size,) = _LENGTH.unpack(_exactly(number, _LENGTH.size, deadline))
    if size > _MOST_BYTES:
        raise ValueError("a message that cannot be")
    return _exactly(number, size, deadline)


def _exactly(number: int, size: int, deadline: float | None) -> bytearray:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        if (
            deadline is not None
            and not select.select([number], [], [], max(0.0, deadline - time.monotonic()))[0]
        ):
            raise TimeoutError("it took too long")
        count = os.readv(number, [view[: 1 << 20]])
        if not count:
            raise EOFError("no answer")
        view = view[count:]
    return data

"""The head and the tail of a stream, however long it is."""

from __future__ import annotations

import os

__all__ = ["Capture", "head_and_tail"]


class Capture:
    """Takes bytes without end and keeps the first and the last half of `limit`. One writer at a time."""

    def __init__(self, limit: int) -> None:
        self._half = max(limit // 2, 1)
        self._head = bytearray()
        self._tail = bytearray()
        self._total = 0

    def add(self, chunk: bytes) -> None:
        """The next bytes of the stream."""
        self._total += len(chunk)
        room = self._half - len(self._head)
        self._head += chunk[:room]
        self._tail += chunk[room:]
        if len(self._tail) > 4 * self._half:
            del self._tail[: -self._half]

    def text(self) -> str:
        """What was kept, with a note of how much was not."""
        return _joined(bytes(self._head), bytes(self._tail[-self._half :]), self._total)


def head_and_tail(number: int, limit: int) -> str:
    """The text of an open file, whatever its position, like `Capture.text`."""
    total, half = os.fstat(number).st_size, max(limit // 2, 1)
    head = os.pread(number, half, 0)
    start = max(len(head), total - half)
    return _joined(head, os.pread(number, half, start), total)


def _joined(head: bytes, tail: bytes, total: int) -> str:
    lost = total - len(head) - len(tail)
    if lost <= 0:
        return (head + tail).decode(errors="replace")
    note = f"\n[... {lost:,} bytes of output not kept ...]\n"
    return head.decode(errors="replace") + note + tail.decode(errors="replace")

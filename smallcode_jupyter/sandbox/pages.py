"""Which big arrays a forked copy has changed in place, read from its page tables by the process it was copied from.

A fork shares every page until one side writes to it. The copy cannot hide that: it could only touch more pages.
Pages that differ are compared byte by byte, up to a bound, so that writing what was there already counts as no
change.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Buffer", "changed_bytes", "find_buffers", "written_bytes"]

_LEAST_BYTES = 65_536
_MOST_BUFFERS = 500
_PAGE = 4_096
_ENTRIES_AT_ONCE = 1 << 18
_PRESENT, _FILE_OR_SHARED, _EXCLUSIVE = 1 << 63, 1 << 61, 1 << 56
_COMPARED = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """A piece of memory that belongs to a variable."""

    name: str
    start: int
    size: int
    """Bytes."""


def find_buffers(namespace: Mapping[str, object]) -> tuple[Buffer, ...]:
    """The memory of arrays and of tables' columns of 64 kB and more, at most 500 pieces. No code of the person's
    runs."""
    numpy = sys.modules.get("numpy")
    if numpy is None or os.sysconf("SC_PAGE_SIZE") != _PAGE:
        return ()
    found: list[Buffer] = []
    for name, value in namespace.items():
        if name.startswith("_"):
            continue
        for array in arrays_of(value):
            if array.nbytes >= _LEAST_BYTES and not array.dtype.hasobject and len(found) < _MOST_BUFFERS:
                low, high = numpy.lib.array_utils.byte_bounds(array)
                found.append(Buffer(name=name, start=int(low), size=int(high - low)))
    return tuple(found)


def arrays_of(value: object) -> Iterator[Any]:
    """The numpy arrays that a variable consists of: itself, or a table's blocks."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    kind = type(value)
    if numpy is not None and kind in (numpy.ndarray, numpy.memmap):
        yield value
    elif pandas is not None and kind in (getattr(pandas, "DataFrame", None), getattr(pandas, "Series", None)):
        for block in getattr(value, "_mgr").blocks:  # noqa: B009  # the one way to the memory itself
            values = block.values
            values = getattr(values, "_ndarray", getattr(values, "_data", values))
            if type(values) is getattr(numpy, "ndarray", None):
                yield values


def written_bytes(process: str, buffers: Iterable[Buffer]) -> dict[str, int]:
    """For each variable of which the process (a number, or `self`) has written a page since it was copied: how much.

    A superset of those that changed: the first and last page of a piece hold other things, too.
    """
    written: dict[str, int] = {}
    with open(f"/proc/{process}/pagemap", "rb", buffering=0) as table:
        for buffer in buffers:
            count = sum(int(own.sum()) for _, own in _written(table, buffer))
            if count:
                written[buffer.name] = written.get(buffer.name, 0) + count * _PAGE
    return written


def changed_bytes(process: int, buffers: Iterable[Buffer]) -> dict[str, int]:
    """For each variable whose content differs in the copy: the bytes of its pages that do.

    To be called in the original, while the copy is still there and the original has not gone on. Raises OSError.
    """
    changed: dict[str, int] = {}
    left = _COMPARED
    with (
        open(f"/proc/{process}/pagemap", "rb", buffering=0) as table,
        open(f"/proc/{process}/mem", "rb", buffering=0) as memory,
    ):
        for buffer in buffers:
            for start, end in _written_ranges(table, buffer):
                size = end - start
                count = size if size > left else _differing(memory, start, size)
                left -= min(size, left)
                if count:
                    changed[buffer.name] = changed.get(buffer.name, 0) + count
    return changed


def _written(table: Any, buffer: Buffer) -> Iterator[tuple[int, Any]]:
    """From each page number on: whether the pages are the process's own."""
    import numpy

    page, end = buffer.start // _PAGE, -(-(buffer.start + buffer.size) // _PAGE)
    while page < end:
        count = min(end - page, _ENTRIES_AT_ONCE)
        entries = numpy.frombuffer(os.pread(table.fileno(), 8 * count, 8 * page), dtype="<u8")
        if not len(entries):
            return
        wanted = numpy.uint64(_PRESENT | _EXCLUSIVE)
        yield page, (entries & numpy.uint64(_PRESENT | _EXCLUSIVE | _FILE_OR_SHARED)) == wanted
        page += len(entries)


def _written_ranges(table: Any, buffer: Buffer) -> Iterator[tuple[int, int]]:
    """Runs of written pages as addresses within the piece, at most a megabyte each."""
    import numpy

    last = buffer.start + buffer.size
    for page, own in _written(table, buffer):
        numbers = numpy.flatnonzero(own)
        if not len(numbers):
            continue
        breaks = numpy.flatnonzero(numpy.diff(numbers) > 1) + 1
        for run in numpy.split(numbers, breaks):
            low, high = (page + int(run[0])) * _PAGE, (page + int(run[-1]) + 1) * _PAGE
            for start in range(max(low, buffer.start), min(high, last), 2**20):
                yield start, min(start + 2**20, high, last)


def _differing(memory: Any, start: int, size: int) -> int:
    """The bytes of the pages that differ."""
    try:
        theirs = os.pread(memory.fileno(), size, start)
    except OSError:
        return 0  # gone in the copy: then it is not the same variable there
    ours = ctypes.string_at(start, size)
    if theirs == ours:
        return 0
    places = range(0, size, _PAGE)
    return sum(min(_PAGE, size - n) for n in places if theirs[n : n + _PAGE] != ours[n : n + _PAGE])

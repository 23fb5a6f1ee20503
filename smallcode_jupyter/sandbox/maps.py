"""Memory that a forked process shares with files or other processes, made its own.

A fork copies private memory and shares the rest: `np.memmap` opened for writing, shared arrays of
`multiprocessing`, SQLite's shared index, System V segments. What is written there would reach the original.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
from dataclasses import dataclass
from functools import cache

__all__ = ["privatise_shared_maps", "survey_maps"]

_PROT_READ, _PROT_WRITE, _PROT_EXEC = 1, 2, 4
_PRIVATE, _FIXED, _ANONYMOUS = 0x02, 0x10, 0x20
_REMAP_FIXED = 1 | 2
"""May move, and to this very place."""
_MOST_COPIED = 512 * 2**20
_FAILED = ctypes.c_void_p(-1).value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Map:
    start: int
    length: int
    protection: int
    offset: int
    device: str
    inode: int
    path: str
    """Empty for memory without a file; files that are gone end in ` (deleted)`."""


_LIBRARY = re.compile(rb"(/[^\n]*\.so[^\n/]*)$", re.MULTILINE)


def _read_maps() -> bytes:
    """About a millisecond: one line for each map of this process."""
    with open("/proc/self/maps", "rb") as lines:
        return lines.read()


def _shared_maps() -> list[_Map]:
    return _shared_among(_read_maps())


def _shared_among(text: bytes) -> list[_Map]:
    # The fourth letter after the first space says whether it is shared; written out because it is read in every copy.
    lines = [line for line in text.splitlines() if line[line.find(b" ") + 4 :][:1] == b"s"]
    return [_parsed(line.decode(errors="surrogateescape").split(maxsplit=5)) for line in lines]


def _parsed(fields: list[str]) -> _Map:
    start, end = (int(edge, 16) for edge in fields[0].split("-"))
    letters = zip("rwx", (_PROT_READ, _PROT_WRITE, _PROT_EXEC), strict=True)
    return _Map(
        start=start,
        length=end - start,
        protection=sum(bit for letter, bit in letters if letter in fields[1]),
        offset=int(fields[2], 16),
        device=fields[3],
        inode=int(fields[4]),
        path=fields[5].strip() if len(fields) > 5 else "",
    )


def survey_maps() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The devices this process shares memory with, such as a GPU, whose maps cannot be made private; and the paths
    of all native libraries."""
    text = _read_maps()
    shared = _shared_among(text)
    devices = dict.fromkeys(each.path for each in shared if _is_device(each.path))
    _libc()  # looked up now, not in a copy
    libraries = dict.fromkeys(path.decode(errors="surrogateescape") for path in _LIBRARY.findall(text))
    return tuple(devices), tuple(libraries)


def _is_device(path: str) -> bool:
    return (
        path.startswith("/dev/") and not path.startswith(("/dev/shm/", "/dev/zero")) and os.path.exists(path)
    )


def privatise_shared_maps() -> None:
    """Replace every shared map by a private one with the same content, at the same place.

    Nothing is left shared afterwards. Raises OSError where that cannot be had; then nothing may be run.
    """
    found = _shared_maps()
    for shared in found:
        if not _map_file_privately(shared):
            _replace_by_copy(shared)
    left = _shared_maps() if found else []
    if left:
        raise OSError(errno.EBUSY, f"{len(left)} shared maps are left")


def _map_file_privately(shared: _Map) -> bool:
    """Whether the map is of a file that is still there under its name, and is now a private map of it."""
    if not shared.path.startswith("/"):
        return False
    try:
        handle = os.open(shared.path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        status = os.fstat(handle)
        device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}"
        if (status.st_ino, device) != (shared.inode, shared.device):
            return False
        _map(shared.start, shared.length, shared.protection, _PRIVATE | _FIXED, handle, shared.offset)
        return True
    finally:
        os.close(handle)


def _replace_by_copy(shared: _Map) -> None:
    if shared.length > _MOST_COPIED:
        raise OSError(errno.ENOMEM, f"{shared.length:,} bytes of shared memory are too many to copy")
    flags = _PRIVATE | _ANONYMOUS
    copy = _map(None, shared.length, _PROT_READ | _PROT_WRITE, flags, -1, 0)
    if shared.protection & _PROT_READ:
        ctypes.memmove(copy, shared.start, shared.length)
    _check(_libc().mprotect(copy, shared.length, shared.protection))
    moved = _libc().mremap(copy, shared.length, shared.length, _REMAP_FIXED, ctypes.c_void_p(shared.start))
    _check(-1 if moved == _FAILED else 0)


def _map(start: int | None, length: int, protection: int, flags: int, handle: int, offset: int) -> int:
    place: int | None = _libc().mmap(start, length, protection, flags, handle, offset)
    _check(-1 if place == _FAILED else 0)
    return place or 0


def _check(status: int) -> None:
    if status != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


@cache
def _libc() -> ctypes.CDLL:
    """The C library with the signatures of what is used here."""
    library = ctypes.CDLL(None, use_errno=True)
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    library.mmap.argtypes = (pointer, size, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)
    library.mmap.restype = pointer
    library.mprotect.argtypes = (pointer, size, ctypes.c_int)
    library.mremap.argtypes = (pointer, size, size, ctypes.c_int, pointer)
    library.mremap.restype = pointer
    return library

"""Giving up what the administrator may do, for good."""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from smallcode_jupyter.sandbox.landlock import prctl, syscall

__all__ = ["drop_capabilities", "holds_administration"]

_CAPGET = {"x86_64": 125, "aarch64": 90}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_VERSION_3 = 0x20080522
_BOUNDING_DROP, _AMBIENT, _AMBIENT_CLEAR = 24, 47, 4
_READ_ANY_OWNERS_FILES = 1 << 1
"""CAP_DAC_OVERRIDE. Where the kernel runs as root on somebody's files, as in containers, it reads them by this.
Landlock still has its say over every path."""
_ADMINISTRATION = 1 << 21
"""CAP_SYS_ADMIN."""
_LAST = 63


def holds_administration() -> bool:
    """Whether this process may change mounts and namespaces as it is. Raises OSError."""
    effective, _, _ = _capabilities(os.uname().machine)
    return bool(effective & _ADMINISTRATION)


def drop_capabilities() -> None:
    """Keep no capability but that of reading files whoever owns them. Raises OSError where any other is left."""
    machine = os.uname().machine
    _, permitted, _ = _capabilities(machine)
    kept = permitted & _READ_ANY_OWNERS_FILES
    if permitted:
        _shrink_bounding_set(kept)
        zero = ctypes.c_ulong(0)
        prctl(_AMBIENT, ctypes.c_ulong(_AMBIENT_CLEAR), zero, zero, zero)
        low, high = kept & 0xFFFFFFFF, kept >> 32
        data = struct.pack("<6I", low, low, 0, high, high, 0)
        syscall(_CAPSET[machine], _header(), data)
    effective, permitted, inheritable = _capabilities(machine)
    if (effective | permitted | inheritable) & ~kept:
        raise OSError(errno.EPERM, "capabilities are left")


def _header() -> bytes:
    return struct.pack("<Ii", _VERSION_3, 0)


def _capabilities(machine: str) -> tuple[int, int, int]:
    """Effective, permitted and inheritable ones, as bit sets."""
    data = ctypes.create_string_buffer(24)
    syscall(_CAPGET[machine], _header(), data)
    words = struct.unpack("<6I", data.raw)
    effective, permitted, inheritable = (words[n] | words[n + 3] << 32 for n in range(3))
    return effective, permitted, inheritable


def _shrink_bounding_set(kept: int) -> None:
    zero = ctypes.c_ulong(0)
    for number in range(_LAST + 1):
        if kept >> number & 1:
            continue
        try:
            prctl(_BOUNDING_DROP, ctypes.c_ulong(number), zero, zero, zero)
        except OSError as error:
            if error.errno == errno.EINVAL:
                return  # no capability has this number or a higher one
            if error.errno != errno.EPERM:  # not allowed: then nothing can be gained from it either
                raise
            return

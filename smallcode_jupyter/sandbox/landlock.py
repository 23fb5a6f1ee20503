"""Linux Landlock through ctypes: this process may write only below some folders, and open no TCP connection.

The functions raise OSError and keep off everything that is not safe in a just-forked process.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Sequence
from functools import cache

__all__ = ["landlock_abi", "prctl", "restrict_writes", "syscall"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same on every architecture."""
_RULE_PATH_BENEATH = 1
_WRITE_FILE, _TRUNCATE, _IOCTL_DEVICE = 1 << 1, 1 << 14, 1 << 15
_FIRST_ABI_WRITES = sum(1 << bit for bit in (1, 4, 5, 6, 7, 8, 9, 10, 11, 12))
"""Write, remove a folder or file, make a device, folder, file, socket, pipe, block device or symlink."""
_REFER = 1 << 13
_BIND_AND_CONNECT_TCP = 3
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: object) -> int:
    """The system call's return value. Raises OSError."""
    value: int = _libc().syscall(ctypes.c_long(number), *arguments)
    if value < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return value


def prctl(operation: int, *arguments: object) -> None:
    """Change an attribute of this process. Raises OSError."""
    if _libc().prctl(ctypes.c_int(operation), *arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def landlock_abi() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def _handled_writes(abi: int) -> int:
    handled = _FIRST_ABI_WRITES
    if abi >= 2:
        handled |= _REFER
    if abi >= 3:
        handled |= _TRUNCATE
    if abi >= 5:
        handled |= _IOCTL_DEVICE
    return handled


def _ruleset_attributes(abi: int, *, allows_network: bool) -> bytes:
    attributes = struct.pack("<Q", _handled_writes(abi))
    if abi >= 4:
        attributes += struct.pack("<Q", 0 if allows_network else _BIND_AND_CONNECT_TCP)
    if abi >= 6:
        attributes += struct.pack("<Q", _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS)
    return attributes


def _allow_writes(ruleset: int, path: str, handled: int) -> None:
    # O_PATH: the folder itself is the handle, whatever later happens to its name.
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined,unused-ignore]  # Linux only
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            handled &= _WRITE_FILE | _TRUNCATE | _IOCTL_DEVICE
        rule = struct.pack("<Qi", handled, handle)
        syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), rule, ctypes.c_uint32(0))
    finally:
        os.close(handle)


def restrict_writes(write_roots: Sequence[str], *, allows_network: bool, abi: int) -> None:
    """From now on this process and its children write only below these folders, and to /dev/null.

    ABI 4 and later: no TCP unless allowed. ABI 6 and later: no signals to processes outside. Needs
    `PR_SET_NO_NEW_PRIVS`. Raises OSError, also where a folder does not exist; nothing is restricted then.
    """
    handled = _handled_writes(abi)
    attributes = _ruleset_attributes(abi, allows_network=allows_network)
    ruleset = syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    try:
        for path in write_roots:
            _allow_writes(ruleset, path, handled)
        for device in _DEVICES:
            if os.path.exists(device):
                _allow_writes(ruleset, device, handled)
        syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)

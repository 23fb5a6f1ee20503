"""Linux Landlock through ctypes: a process writes only below some folders, reads all but some, opens no TCP port.

The functions raise OSError and keep off everything that is not safe in a just-forked process.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
import sys
from collections.abc import Sequence
from functools import cache

__all__ = ["landlock_abi", "prctl", "restrict_files", "syscall"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same on every architecture."""
_RULE_PATH_BENEATH = 1
_WRITE_FILE, _TRUNCATE, _IOCTL_DEVICE = 1 << 1, 1 << 14, 1 << 15
_FIRST_ABI_WRITES = sum(1 << bit for bit in (1, 4, 5, 6, 7, 8, 9, 10, 11, 12))
"""Write, remove a folder or file, make a device, folder, file, socket, pipe, block device or symlink."""
_REFER = 1 << 13
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_READS = _EXECUTE | _READ_FILE | _READ_FOLDER
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


def _ruleset_attributes(handled: int, abi: int, *, allows_network: bool) -> bytes:
    attributes = struct.pack("<Q", handled)
    if abi >= 4:
        attributes += struct.pack("<Q", 0 if allows_network else _BIND_AND_CONNECT_TCP)
    if abi >= 6:
        attributes += struct.pack("<Q", _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS)
    return attributes


def _allow(ruleset: int, path: str, access: int) -> None:
    # O_PATH: the folder itself is the handle, whatever later happens to its name.
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined,unused-ignore]  # Linux only
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            access &= _WRITE_FILE | _TRUNCATE | _IOCTL_DEVICE | _EXECUTE | _READ_FILE
        if access:
            rule = struct.pack("<Qi", access, handle)
            kind, no_flags = ctypes.c_int(_RULE_PATH_BENEATH), ctypes.c_uint32(0)
            syscall(_ADD_RULE, ctypes.c_int(ruleset), kind, rule, no_flags)
    finally:
        os.close(handle)


def _around(hidden: Sequence[str]) -> list[str]:
    """The fewest paths that together hold everything but what is hidden.

    Landlock only allows: a folder is hidden by allowing all that lies beside it and beside its parents. What is
    made there later is not seen.
    """
    targets = {os.path.realpath(path) for path in hidden}
    parents = {"/"}
    for path in targets:
        while path != "/":
            path = os.path.dirname(path)
            parents.add(path)
    shown = []
    for parent in parents - targets:
        if not any(parent.startswith(f"{target}/") for target in targets):
            paths = (os.path.join(parent, name) for name in os.listdir(parent))
            shown += [path for path in paths if path not in parents | targets and not os.path.islink(path)]
    return sorted(shown)


def restrict_files(
    write_roots: Sequence[str],
    *,
    hidden: Sequence[str] = (),
    hides_names: bool = True,
    allows_network: bool,
    abi: int,
) -> None:
    """From now on this process and its children write only below these folders, and to /dev/null.

    They read everything but what is `hidden`; unless `hides_names`, they list every folder. ABI 4 and later: no TCP
    unless allowed. ABI 6 and later: no signals to processes outside. Needs `PR_SET_NO_NEW_PRIVS`. Raises OSError, also
    where a folder does not exist; nothing is restricted then.
    """
    writes = _handled_writes(abi)
    handled = writes | _READS if hidden else writes
    attributes = _ruleset_attributes(handled, abi, allows_network=allows_network)
    ruleset = syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    try:
        for path in write_roots:
            _allow(ruleset, path, handled)
        for device in _DEVICES:
            if os.path.exists(device):
                _allow(ruleset, device, writes)
        for path in _around(hidden) if hidden else ():
            with contextlib.suppress(FileNotFoundError):  # gone since the folder was listed
                _allow(ruleset, path, _READS)
        if hidden and not hides_names:
            _allow(ruleset, "/", _READ_FOLDER)
        syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)

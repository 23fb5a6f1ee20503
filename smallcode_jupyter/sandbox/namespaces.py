"""Linux namespaces for a forked copy: no network, its own shared memory, and a layer over the files it may change.

Mounts are a second lock besides Landlock: everything is read-only there but what lies in memory. The workspace is
covered by a layer in memory (overlayfs), so that a cell that writes a file can be tried: it finds its file again,
and the real one stays. Raises OSError where a step fails.
"""

from __future__ import annotations

import ctypes
import os
import struct
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from smallcode_jupyter.sandbox.landlock import syscall
from smallcode_jupyter.sandbox.privileges import holds_administration

__all__ = ["LAYER", "Namespaces", "enter_namespaces", "namespaces_available", "try_namespaces"]

_NEW_MOUNTS, _NEW_USER, _NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
_NO_SETUID, _NO_DEVICES, _RECURSIVE, _MAKE_PRIVATE = 2, 4, 0x4000, 1 << 18
_MOUNT_SETATTR = 442
_READ_ONLY, _AT_RECURSIVE, _THIS_FOLDER = 1, 0x8000, -100
_MEMORY_MB = 256
_SHARED_MEMORY = "/dev/shm"
LAYER, _WORK = ".layer", ".work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespaces:
    """What of it works on this machine."""

    works: bool
    layers: bool = False
    """Whether a folder can be covered by a layer in memory."""


@cache
def namespaces_available() -> Namespaces:
    """What works here, found out once by trying it in a process of its own."""
    if sys.platform != "linux":
        return Namespaces(works=False)
    root = str(Path(__file__).resolve().parents[2])
    code = (
        f"import sys; sys.path.append({root!r}); import smallcode_jupyter.sandbox.namespaces as n;"
        "n.try_namespaces()"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Namespaces(works=False)
    _libc()  # looked up now, not in a copy
    words = done.stdout.split()
    return Namespaces(works=b"works" in words, layers=b"layers" in words)


def try_namespaces() -> None:
    """Enter namespaces with folders made for it, and print what worked. Ends this process."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="smallcode-") as folder:
        scratch, workspace = Path(folder) / "scratch", Path(folder) / "workspace"
        scratch.mkdir()
        workspace.mkdir()
        process = os.fork()
        if process == 0:
            try:
                enter_namespaces(scratch, None)
                os.write(1, b"works ")
                _cover(workspace, scratch)
                (workspace / "file").write_text("x")
                os.write(1, b"layers ")
            finally:
                os._exit(0)
        os.waitpid(process, 0)


def enter_namespaces(scratch: Path, workspace: Path | None) -> None:
    """Leave the network and the mounts that others see. `scratch` becomes an empty folder in memory.

    `workspace`, if given, is covered by a layer in `scratch` and may then be written to. The process must have one
    thread.
    """
    user, group = os.geteuid(), os.getegid()
    needs_user_namespace = not holds_administration()
    kinds = _NEW_MOUNTS | _NEW_NETWORK | (_NEW_USER if needs_user_namespace else 0)
    _call("unshare", ctypes.c_int(kinds))
    if needs_user_namespace:
        _map_user(user, group)
    _mount(None, "/", None, _RECURSIVE | _MAKE_PRIVATE, None)
    _read_only(is_on=True, path="/", recursive=True)
    for place, mode in ((str(scratch), "700"), (_SHARED_MEMORY, "1777")):
        if os.path.isdir(place):
            size = f"size={_MEMORY_MB}m,mode={mode}"
            _mount("tmpfs", place, "tmpfs", _NO_SETUID | _NO_DEVICES, size)
    if workspace is not None:
        _cover(workspace, scratch)
        os.chdir(os.getcwd())


def _map_user(user: int, group: int) -> None:
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        handle = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)


def _cover(folder: Path, scratch: Path) -> None:
    layer, work = scratch / LAYER, scratch / _WORK
    layer.mkdir(exist_ok=True)
    work.mkdir(exist_ok=True)
    places = {"lowerdir": folder, "upperdir": layer, "workdir": work}
    options = ",".join(f"{name}={_escaped(str(place))}" for name, place in places.items())
    _mount("overlay", str(folder), "overlay", _NO_SETUID | _NO_DEVICES, f"{options},userxattr")


def _escaped(path: str) -> str:
    for character in ("\\", ",", ":"):
        path = path.replace(character, f"\\{character}")
    return path


def _read_only(*, is_on: bool, path: str, recursive: bool) -> None:
    change = struct.pack("<4Q", _READ_ONLY if is_on else 0, 0 if is_on else _READ_ONLY, 0, 0)
    flags = ctypes.c_uint(_AT_RECURSIVE if recursive else 0)
    syscall(
        _MOUNT_SETATTR, ctypes.c_int(_THIS_FOLDER), path.encode(), flags, change, ctypes.c_size_t(len(change))
    )


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None) -> None:
    texts = [text.encode() if text is not None else None for text in (source, target, kind, options)]
    _call("mount", texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc(), name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)

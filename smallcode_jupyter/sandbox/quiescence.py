"""Whether this process may be forked now, and the fork itself."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
import warnings
from dataclasses import dataclass

from smallcode_jupyter.sandbox.maps import survey_maps

__all__ = ["Readiness", "check_readiness", "fork_copy"]

_KNOWN_NAMES = ("IOPub", "Heartbeat", "Control", "Shell channel", "IPythonHistorySavingThread")
_KNOWN_PREFIXES = ("smallcode-", "pydevd.", "subshell-", "Tornado selector")
_KNOWN_MODULES = ("ipykernel.", "IPython.")
_UNFORKABLE = {
    "polars": "polars is loaded, whose threads do not survive a copy",
    "cupy": "cupy is loaded, and a GPU cannot be used from a copy",
    "tensorflow": "tensorflow is loaded, whose threads do not survive a copy",
    "jax": "jax is loaded, whose threads do not survive a copy",
    "grpc": "grpc is loaded, whose threads do not survive a copy",
    "jpype": "a Java machine is loaded, which does not survive a copy",
    "ray": "ray is loaded, whose connections do not survive a copy",
}
_BY_HAND = "read the code and run it yourself"
_BEFORE_LOADING = f"restart the kernel and try it before that is loaded, or {_BY_HAND}"
_SAMPLE_SECONDS = 0.003
_SAMPLES = 5
_BUSY_NANOSECONDS = 200_000
_LEAST_FREE_MB = 256
_SWITCH_SECONDS = 0.006
"""A little more than Python's usual interval between threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What stands in the way of a fork."""

    obstacle: str = ""
    """Why not, as the end of a sentence; empty if nothing is in the way."""
    remedy: str = ""
    """What the person can do about it, as the end of the same sentence."""
    has_strangers: bool = False
    """Threads that are not the kernel's own are asleep: fork without the C library's handlers."""
    libraries: tuple[str, ...] = ()
    """The native libraries that are loaded, as paths."""


def check_readiness() -> Readiness:
    """Look at threads, libraries, shared memory and free memory. Takes a few milliseconds."""
    found = _platform_obstacle() or _library_obstacle()
    if found is not None:
        return found
    devices, libraries = survey_maps()
    if (found := _memory_obstacle(devices)) is not None:
        return found
    strangers = [thread for thread in threading.enumerate() if not _is_known(thread)]
    if len(sys._current_frames()) > len(threading.enumerate()):
        return _with_strangers(libraries)
    if not strangers:
        return Readiness(libraries=libraries)
    if busy := _busy(strangers):
        return Readiness(
            obstacle=f"another thread ({', '.join(busy)}) is running in the kernel",
            remedy="try it again when that has ended",
        )
    return _with_strangers(libraries)


def _with_strangers(libraries: tuple[str, ...]) -> Readiness:
    if not hasattr(ctypes.PyDLL(None), "_Fork"):
        return Readiness(
            obstacle="other threads live in the kernel, and the C library is too old to fork safely",
            remedy=_BY_HAND,
        )
    return Readiness(has_strangers=True, libraries=libraries)


def _platform_obstacle() -> Readiness | None:
    if sys.platform != "linux":
        return Readiness(obstacle="a running kernel can be copied only on Linux", remedy=_BY_HAND)
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        return Readiness(
            obstacle="this Python runs without its global lock, where copying is not tested", remedy=_BY_HAND
        )
    if threading.current_thread() is not threading.main_thread():
        return Readiness(obstacle="it was asked for outside the main thread", remedy="ask for it in a cell")
    return None


def _library_obstacle() -> Readiness | None:
    for module, reason in _UNFORKABLE.items():
        if module in sys.modules:
            return Readiness(obstacle=reason, remedy=_BEFORE_LOADING)
    torch = sys.modules.get("torch")
    if torch is not None and getattr(torch, "cuda", None) is not None and torch.cuda.is_initialized():
        return Readiness(obstacle="torch uses a GPU, which cannot be used from a copy", remedy=_BY_HAND)
    return None


def _memory_obstacle(devices: tuple[str, ...]) -> Readiness | None:
    if devices:
        return Readiness(
            obstacle=f"the kernel uses a device ({devices[0]}), which cannot be used from a copy",
            remedy=_BY_HAND,
        )
    with open("/proc/meminfo") as memory:
        free = next(
            (int(line.split()[1]) // 1024 for line in memory if line.startswith("MemAvailable")), None
        )
    if free is not None and free < _LEAST_FREE_MB:
        return Readiness(
            obstacle=f"only {free} MB of memory are free",
            remedy="delete what is large and no longer needed, and try it again",
        )
    return None


def _is_known(thread: threading.Thread) -> bool:
    name = thread.name
    return (
        thread is threading.main_thread()
        or name in _KNOWN_NAMES
        or name.startswith(_KNOWN_PREFIXES)
        or name.endswith("(_watch_pipe_fd)")
        or type(thread).__module__.startswith(_KNOWN_MODULES)
    )


def _busy(threads: list[threading.Thread]) -> list[str]:
    """The names of the threads that use the processor in every sample.

    One that only wakes now and then, to look whether there is something to do, is asleep in another sample.
    """
    for _ in range(_SAMPLES):
        threads = _awake(threads)
        if not threads:
            break
    return [thread.name for thread in threads]


def _awake(threads: list[threading.Thread]) -> list[threading.Thread]:
    """Those that use the processor while this one sleeps a moment."""
    before = [_processor_time(thread) for thread in threads]
    time.sleep(_SAMPLE_SECONDS)
    return [
        thread
        for thread, earlier in zip(threads, before, strict=True)
        if _processor_time(thread) - earlier > _BUSY_NANOSECONDS or _is_waiting_for_processor(thread)
    ]


def _processor_time(thread: threading.Thread) -> int:
    """Nanoseconds; 0 for a thread that has just ended."""
    folder = f"/proc/self/task/{thread.native_id}"
    try:
        with open(f"{folder}/schedstat") as schedule:
            return int(schedule.read().split()[0])
    except FileNotFoundError:
        return 0


def _is_waiting_for_processor(thread: threading.Thread) -> bool:
    """Whether it would run if this machine were less busy."""
    try:
        with open(f"/proc/self/task/{thread.native_id}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] == "R"
    except FileNotFoundError:
        return False


def fork_copy(readiness: Readiness) -> int:
    """Fork like `os.fork`, in the way that is safe beside the threads that were found. Raises OSError."""
    if readiness.has_strangers:
        return _fork_without_handlers()
    with warnings.catch_warnings():
        # Python 3.12 and later warn of any fork beside threads; which those are has been looked at.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _fork_without_handlers() -> int:
    """`os.fork` by way of `_Fork`: the C library's handlers can wait for ever for a thread of OpenBLAS."""
    library = ctypes.PyDLL(None, use_errno=True)
    interval = sys.getswitchinterval()
    # A request of another thread to run next, copied into a process without that thread, would never be met.
    sys.setswitchinterval(60.0)
    time.sleep(_SWITCH_SECONDS)
    ctypes.pythonapi.PyOS_BeforeFork()
    process: int = library._Fork()
    if process == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
    sys.setswitchinterval(interval)
    if process < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return process

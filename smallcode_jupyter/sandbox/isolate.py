"""Inside a forked copy of a kernel: cut every tie to the kernel it was copied from.

After these steps nothing the copy prints, displays, sends or writes reaches the original.
"""

from __future__ import annotations

import builtins
import ctypes
import gc
import getpass
import io
import os
import signal
import stat
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from smallcode_jupyter.sandbox.landlock import prctl
from smallcode_jupyter.sandbox.outcome import InputRefused

__all__ = [
    "catch_figures",
    "detach_process",
    "limit_native_threads",
    "mute_shell",
    "quiet_plots",
    "redirect_streams",
    "seal_files",
    "thread_limits",
    "use_scratch",
]

_PR_SET_PDEATHSIG = 1
_HARMLESS_DEVICES = {(1, 3), (1, 5), (1, 7), (1, 8), (1, 9)}
"""/dev/null, zero, full, random, urandom."""
_OUTPUT_BYTES = 8 * 2**20
_THREAD_LIBRARIES = ("gomp", "libomp", "iomp", "openblas", "mkl_rt", "blis")
_THREAD_SETTERS = (
    "omp_set_num_threads",
    "openblas_set_num_threads",
    "openblas_set_num_threads64_",
    "scipy_openblas_set_num_threads",
    "scipy_openblas_set_num_threads64_",
    "MKL_Set_Num_Threads",
    "bli_thread_set_num_threads",
)


def detach_process(parent: int) -> None:
    """A session of its own that dies with the parent, default signal handlers, no garbage collection."""
    os.setsid()
    prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)
    gc.disable()
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        handler: Callable[[int, FrameType | None], Any] | int | None = signal.getsignal(number)
        if callable(handler):
            signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())


def seal_files(keep: frozenset[int]) -> None:
    """Every open file but `keep` and the standard streams can afterwards be read at most.

    Regular files are opened again read-only at the same position; sockets, pipes, terminals and all else become
    /dev/null.
    """
    null = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        if number > 2 and number not in keep and number != null:
            _seal(number, null)
    os.close(null)


def _seal(number: int, null: int) -> None:
    try:
        status = os.fstat(number)
    except OSError:
        return  # the listing's own handle, closed by now
    kind = stat.S_IFMT(status.st_mode)
    device = (os.major(status.st_rdev), os.minor(status.st_rdev))
    if kind == stat.S_IFDIR or (kind == stat.S_IFCHR and device in _HARMLESS_DEVICES):
        return
    source = null
    if kind == stat.S_IFREG:
        try:
            position = os.lseek(number, 0, os.SEEK_CUR)
            source = os.open(f"/proc/self/fd/{number}", os.O_RDONLY | os.O_CLOEXEC)
            os.lseek(source, position, os.SEEK_SET)
        except OSError:
            source = null
    os.dup2(source, number, inheritable=False)
    if source != null:
        os.close(source)


class _Output(io.RawIOBase):
    """A standard stream's file. Beyond a bound the bytes are dropped, so that endless printing runs into the
    clock."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._room = _OUTPUT_BYTES

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def write(self, data: Any) -> int:  # any bytes-like object
        size = len(data)
        if size <= self._room:
            os.write(self._number, data)
        elif self._room > 0:
            os.write(self._number, b"\n[... further output not kept ...]\n")
            self._room = 0
        self._room -= size
        return size


def redirect_streams(stdout: int, stderr: int) -> None:
    """Standard input is empty; output of Python and of C goes to these files; old stream objects write there too."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    for number in {null, stdout, stderr} - {0, 1, 2}:
        os.close(number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  # lives as long as the process
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = io.TextIOWrapper(
            _Output(number),  # type: ignore[type-var]  # unbuffered, as with `python -u`
            encoding="utf-8",
            errors="replace",
            write_through=True,
        )
        old = getattr(sys, name)
        # Log handlers and the like hold the old object.
        for method in ("write", "flush", "writelines"):
            try:
                setattr(old, method, getattr(stream, method))
            except (AttributeError, TypeError):
                break  # a stream of C, whose file is sealed
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def use_scratch(scratch: Path) -> None:
    """Temporary files, and what libraries keep for later, go below `scratch`."""
    folder = scratch / "tmp"
    folder.mkdir(exist_ok=True)
    tempfile.tempdir = str(folder)
    os.environ["TMPDIR"] = str(folder)


def _ignore(*_: object, **__: object) -> None:
    return None


def _refuse_input(*_: object, **__: object) -> str:
    raise InputRefused("a trial cannot ask")


def mute_shell(
    shell: Any, show_result: Callable[[object], None], show_display: Callable[[Any], None]
) -> None:
    """Nothing the shell displays, logs or asks leaves the process.

    Results go to `show_result`; displays, as data by MIME type, to `show_display`.
    """

    def publish(data: Any, *_: object, **__: object) -> None:
        show_display(data)

    shell.display_pub.publish = publish
    shell.display_pub.clear_output = _ignore
    shell.display_trap.hook = show_result
    sys.displayhook = show_result
    for name in ("showtraceback", "showsyntaxerror", "showindentationerror", "ask_exit"):
        setattr(shell, name, _ignore)
    shell.system = shell.system_raw
    shell.loop_runner = _run_in_new_loop
    if shell.history_manager is not None:
        shell.history_manager.enabled = False
    scripts = shell.magics_manager.registry.get("ScriptMagics")
    if scripts is not None:
        scripts.event_loop = None
        scripts._event_loop_finalizer = None
    _mute_kernel(getattr(shell, "kernel", None))
    warnings.filterwarnings("ignore", message="To exit: use 'exit'")
    builtins.input = _refuse_input
    getpass.getpass = _refuse_input


def _mute_kernel(kernel: Any) -> None:
    if kernel is None:
        return
    kernel.session.send = _ignore
    kernel.raw_input = kernel.getpass = _refuse_input
    thread = getattr(kernel, "iopub_thread", None)
    if thread is not None:
        thread.send_multipart = thread.schedule = _ignore


def _run_in_new_loop(coroutine: Any) -> Any:
    import asyncio

    # The copied loop is marked as running, and its files are sealed.
    asyncio._set_running_loop(None)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(coroutine)


def quiet_plots() -> None:
    """Plots are drawn into memory: no window, no desktop connection."""
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
    if "inline" not in os.environ.get("MPLBACKEND", ""):
        os.environ["MPLBACKEND"] = "agg"
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and not _draws_inline(pyplot):
        pyplot.show = pyplot.pause = _ignore


def catch_figures(shell: Any, show_figure: Callable[[Any], None]) -> None:
    """Figures that are displayed go to `show_figure`, and are not drawn."""
    formatter = shell.display_formatter
    format_any = formatter.format

    def format_value(value: Any, *given: Any, **named: Any) -> Any:
        if any(kind.__module__ == "matplotlib.figure" for kind in type(value).__mro__):
            show_figure(value)
            return {"text/plain": type(value).__name__}, {}
        return format_any(value, *given, **named)

    formatter.format = format_value


def _draws_inline(pyplot: Any) -> bool:
    # Asked as a plain dict: the settings' own lookup may load a windowing backend.
    return "inline" in str(dict.get(pyplot.rcParams, "backend"))


def thread_limits(libraries: Iterable[str], *, includes_blas: bool) -> tuple[Callable[[int], object], ...]:
    """Of these libraries, the functions that set how many threads OpenMP uses, and BLAS if asked. For the original."""
    found: list[Callable[[int], object]] = []
    for path in libraries:
        name = os.path.basename(path)
        is_openmp = "omp" in name
        if any(library in name for library in _THREAD_LIBRARIES) and (is_openmp or includes_blas):
            found += _setters(path)
    return tuple(found)


@cache
def _setters(path: str) -> tuple[Callable[[int], object], ...]:
    try:
        library = ctypes.CDLL(path)
    except OSError:
        return ()  # deleted since it was loaded
    return tuple(getattr(library, name) for name in _THREAD_SETTERS if hasattr(library, name))


def limit_native_threads(limits: Iterable[Callable[[int], object]]) -> None:
    """One thread for each: their pools were not copied, and waiting for one is endless."""
    for limit in limits:
        limit(1)

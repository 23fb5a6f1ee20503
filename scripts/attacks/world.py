"""The kernel under attack: files, secrets, listeners, shared memory and handles that a "
"program could reach for."""

from __future__ import annotations

import ctypes
import mmap
import multiprocessing
import os
import pathlib
import resource
import select
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from typing import Any

from attack import Attack
from catalogue import ATTACKS

from smallcode_jupyter.sandbox.trial import run_trial

SECRET = "planted-" + "secret-4711"
MARK = "98765.4321"
"""The argument of sleeping processes that must not be left."""


class World:
    """Made once in a kernel; `reset` before each attack."""

    def __init__(self, shell: Any, folder: str) -> None:
        self.shell = shell
        self.pid = os.getpid()
        self.base = pathlib.Path(folder)
        self.home = pathlib.Path.home()
        self.work, self.other = self.base / "work", self.base / "other"
        self.secret = self.home / ".ssh" / "id_fake"
        self.signals = 0
        for number in (signal.SIGUSR1, signal.SIGIO):
            signal.signal(number, self._count)
        self._listen()
        self._prepare_memory()
        self.neighbour = self._start_neighbour()
        self.told, self.report, self.attack = "", None, ATTACKS[0]

    def go_without_namespaces(self) -> None:
        """Trials from now on are held as on a system that does not allow them."""
        from smallcode_jupyter.sandbox import trial
        from smallcode_jupyter.sandbox.namespaces import Namespaces

        trial.namespaces_available = lambda: Namespaces(works=False)

    def _count(self, *_: object) -> None:
        self.signals += 1

    def _listen(self) -> None:
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.path_socket, self.abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        self.socket_path = str(self.base / "listener.sock")
        self.path_socket.bind(self.socket_path)
        self.abstract_name = f"\0smallcode-{os.getpid()}"
        self.abstract.bind(self.abstract_name)
        for listener in (self.path_socket, self.abstract):
            listener.listen(8)
        for listener in (self.tcp, self.udp, self.path_socket, self.abstract):
            listener.setblocking(False)
        self.tcp_port, self.udp_port = self.tcp.getsockname()[1], self.udp.getsockname()[1]

    def _prepare_memory(self) -> None:
        from multiprocessing import shared_memory

        import numpy as np

        self.raw = multiprocessing.RawArray("i", [1] * 8)
        self.shared = shared_memory.SharedMemory(create=True, size=4096)
        self.anonymous = mmap.mmap(-1, 4096)
        (self.base / "map.bin").write_bytes(b"\0" * 65_536)
        self.mapped = np.memmap(self.base / "map.bin", dtype="u1", mode="r+", shape=(65_536,))
        self.array = np.zeros(100_000)
        self.shell.user_ns["big"] = self.array
        self.canary = ctypes.create_string_buffer(b"canary", 16)
        self.canary_at = ctypes.addressof(self.canary)

    def _start_neighbour(self) -> int:
        """Another process of the same user, with a secret in its environment."""
        return os.spawnve(
            os.P_NOWAIT,
            sys.executable,
            [sys.executable, "-c", "import time; time.sleep(600)"],
            {**os.environ},
        )

    def reset(self) -> None:
        """Everything as it was before an attack."""
        self.told, self.report, self.signals = "", None, 0
        os.chdir(self.base)
        for folder in (self.work, self.other):
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "sub").mkdir(parents=True)
            (folder / "theirs.txt").write_text("theirs")
            os.utime(folder / "theirs.txt", (1_000_000_000, 1_000_000_000))
            os.chmod(folder / "theirs.txt", 0o644)
        (self.work / ".git" / "hooks").mkdir(parents=True)
        for planted in (".ipython", ".local"):
            shutil.rmtree(self.home / planted, ignore_errors=True)
        self.secret.parent.mkdir(parents=True, exist_ok=True)
        self.secret.write_text(SECRET)
        os.chdir(self.work)
        self.changed_at = os.stat(self.other / "theirs.txt").st_ctime_ns
        self._reset_handles()
        self.raw[0] = 1
        self.shared.buf[0] = self.anonymous[0] = 1
        self.mapped[0] = 1
        self.array[:] = 0
        self.canary.value = b"canary"
        self.affinity = os.sched_getaffinity(0)
        self.limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.nice = os.getpriority(os.PRIO_PROCESS, 0)
        with open("/proc/self/oom_score_adj") as score:
            self.oom = score.read()
        self.shell.user_ns.pop("hacked", None)
        self.drain()

    def _reset_handles(self) -> None:
        for name in (
            "file",
            "database",
            "pipe",
            "pair",
            "event",
            "epoll",
            "memory_file",
            "connected",
            "directory",
        ):
            old = getattr(self, name, None)
            for part in old if isinstance(old, tuple) else (old,):
                if isinstance(part, int):
                    os.close(part)
                elif part is not None:
                    part.close()
        self.file = open(self.work / "theirs.txt", "r+")  # noqa: SIM115
        self.database = sqlite3.connect(self.other / "their.db")
        self.database.execute("create table t(x)")
        self.database.commit()
        self.pipe, self.pair = os.pipe(), socket.socketpair()
        self.event = os.eventfd(0, os.EFD_NONBLOCK)
        self.epoll = select.epoll()
        self.epoll.register(self.pipe[0], select.EPOLLIN)
        self.memory_file = os.memfd_create("theirs")
        os.write(self.memory_file, b"theirs")
        self.directory = os.open(self.work, os.O_RDONLY)
        self.tcp.setblocking(True)
        near = socket.create_connection(("127.0.0.1", self.tcp_port))
        far, _ = self.tcp.accept()
        self.tcp.setblocking(False)
        self.connected = (near, far)

    def drain(self) -> None:
        """Forget what reached the listeners."""
        for listener in (self.tcp, self.udp, self.path_socket, self.abstract):
            while self.reached(listener):
                pass

    def reached(self, listener: Any) -> bool:
        """Whether something arrived there."""
        try:
            if listener is self.udp:
                listener.recv(100)
            else:
                listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    # --- used by the verdicts ------------------------------------------------------------------------------------

    def changed(self, place: pathlib.Path) -> bool:
        """Whether a file of theirs is not what it was."""
        return not place.exists() or place.read_text() != "theirs"

    def waiting(self, handle: Any, seconds: float = 0.2) -> bool:
        """Whether there is something to read."""
        return bool(select.select([handle], [], [], seconds)[0])

    def left_sleeping(self) -> bool:
        """Whether a process of an attack outlives it; it is ended now."""
        time.sleep(0.3)
        found = False
        for place in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if MARK.encode() in place.read_bytes():
                    os.kill(int(place.parent.name), signal.SIGKILL)
                    found = True
            except OSError:
                continue
        return found

    def shared_left(self) -> bool:
        """Whether a System V segment of ours was left; it is removed."""
        with open("/proc/sysvipc/shm") as lines:
            found = [line.split() for line in lines.readlines()[1:]]
        mine = [int(fields[1]) for fields in found if int(fields[3]) == 4711]
        for number in mine:
            ctypes.CDLL(None).shmctl(number, 0, None)
        return bool(mine)

    # --- running -------------------------------------------------------------------------------------------------

    def begin(self, name: str, mode: str) -> None:
        """Run one attack, as `trial` or as `control`: a plain forked child with nothing to hold it."""
        self.attack = next(attack for attack in ATTACKS if attack.name == name)
        self.reset()
        self.shell.user_ns["W"] = self
        if mode == "control":
            self.told = self._control(self.attack)
            return
        with tempfile.TemporaryDirectory(prefix="trial-") as folder:
            scratch = pathlib.Path(folder) / "scratch"
            self.report = run_trial(
                self.shell, self.attack.code, seconds=self.attack.seconds, scratch=scratch
            )
        self.told = self.report.stdout + self.report.result

    def expect(self, name: str) -> dict[str, Any]:
        """Be ready for an attack from another process; what it needs to know."""
        self.attack = next(attack for attack in ATTACKS if attack.name == name)
        self.reset()
        paths = {
            name: str(getattr(self, name)) for name in ("work", "other", "home", "secret", "socket_path")
        }
        numbers = {
            name: getattr(self, name) for name in ("pid", "tcp_port", "udp_port", "neighbour", "canary_at")
        }
        return {**paths, **numbers, "abstract_name": self.abstract_name, "handle": self.file.fileno()}

    def heard(self, told: str) -> None:
        """What the attack printed."""
        self.told = told

    def verdict(self) -> dict[str, Any]:
        """Whether it worked, and what was said."""
        scope = {
            "W": self,
            "told": self.told,
            "report": self.report,
            "SECRET": SECRET,
            "os": os,
            "resource": resource,
        }
        worked = bool(eval(self.attack.happened, scope))
        why = ""
        if self.report is not None:
            report = self.report
            why = report.reason or report.error or "; ".join(report.blocked) or report.status
        self.left_sleeping()
        self._restore()
        return {"worked": worked, "why": why}

    def _restore(self) -> None:
        os.sched_setaffinity(0, self.affinity)
        if resource.getrlimit(resource.RLIMIT_NOFILE) != self.limit:
            resource.setrlimit(resource.RLIMIT_NOFILE, self.limit)
        for stray in ("/dev/shm/smallcode-stray",):
            pathlib.Path(stray).unlink(missing_ok=True)

    def _control(self, attack: Attack) -> str:
        output = os.memfd_create("control")
        code = self.shell.transform_cell(attack.code)
        process = os.fork()
        if process == 0:
            try:
                os.dup2(output, 1)
                sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
                exec(code, {**self.shell.user_ns, "__name__": "__main__"})
                sys.stdout.flush()
            finally:
                os._exit(0)
        deadline = time.monotonic() + attack.seconds
        while time.monotonic() < deadline and os.waitpid(process, os.WNOHANG)[0] == 0:
            time.sleep(0.01)
        try:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        size = min(os.fstat(output).st_size, 1_000_000)
        text = os.pread(output, size, 0).decode(errors="replace")
        os.close(output)
        return text

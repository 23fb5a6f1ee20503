"""Inside the kernel that is measured: its variables and files, what they hash to, and running trials."""

from __future__ import annotations

import hashlib
import json
import mmap
import multiprocessing
import os
import pathlib
import pickle
import random
import resource
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import warnings
from typing import Any

from programs import program

from smallcode_jupyter.sandbox.trial import run_trial

__all__ = ["Subject"]


class Thing:
    """An object of the person's."""

    label = "thing"

    def __init__(self) -> None:
        self.items, self.count = [1, 2], 0


class Subject:
    """A namespace and a folder, and what is done to them."""

    def __init__(self, shell: Any, folder: str) -> None:
        self.shell, self.base = shell, pathlib.Path(folder)
        self.names = shell.user_ns

    def fill(self, megabytes: int, *, small_pages: bool = False) -> None:
        """A namespace of this size, in one array; with `small_pages`, in memory the system keeps in pages of 4 kB."""
        import numpy as np

        count = megabytes * 2**20 // 8
        if small_pages:
            memory = mmap.mmap(-1, count * 8, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            memory.madvise(mmap.MADV_NOHUGEPAGE)
            self.names["data"] = np.frombuffer(memory, dtype="f8")
        else:
            self.names["data"] = np.empty(count)
        self.names["data"][:] = 1.0

    def furnish(self) -> None:
        """Variables of many kinds, and files."""
        import numpy as np
        import pandas as pd

        work = self.base / "work"
        (work / "folder").mkdir(parents=True)
        os.chdir(work)
        (work / "data.csv").write_text("a,b\n1,2\n")
        (work / "folder" / "notes.txt").write_text("notes")
        (work / ".hidden").write_text("hidden")
        (self.base / "beside.csv").write_text("beside")
        (self.base / "map.bin").write_bytes(b"\1" * 8192)
        database = sqlite3.connect(work / "base.db")
        database.execute("create table t(x)")
        database.executemany("insert into t values (?)", [(n,) for n in range(10)])
        database.commit()
        shared = multiprocessing.RawArray("i", [1] * 4)
        mapped = np.memmap(self.base / "map.bin", dtype="u1", mode="r+", shape=(8192,))
        handle = open(work / "data.csv", "r+")  # noqa: SIM115
        handle.readline()
        frame = pd.DataFrame(
            {"a": range(1000), "b": [str(n) for n in range(1000)], "c": np.linspace(0, 1, 1000)}
        )
        self.names.update(
            numbers=list(range(50)), words=["apple", "bear", "ant"], table={"a": [1, {2: (3,)}]},
            array=np.arange(100), big=np.zeros(1_000_000), df=frame, thing=Thing(),
            generator=(n for n in range(100)), mapped=mapped, shared=shared, handle=handle, database=database,
        )  # fmt: skip
        random.seed(1)
        np.random.seed(1)

    def digest(self) -> str:
        """A hash of all that a trial must not change."""
        names = self.names
        parts: list[Any] = [sorted(name for name in names if not name.startswith("_"))]
        for name in ("numbers", "words", "table"):
            parts.append(pickle.dumps(names[name]))
        for name in ("array", "big", "mapped"):
            parts.append(hashlib.sha256(names[name].tobytes()).hexdigest())
        parts += [pickle.dumps(names["df"]), list(names["shared"]), vars(names["thing"]), Thing.label]
        parts += [
            names["generator"].gi_frame.f_lasti,
            names["handle"].tell(),
            os.lseek(names["handle"].fileno(), 0, 1),
        ]
        parts += list(names["database"].iterdump())
        parts += [random.getstate(), pickle.dumps(__import__("numpy").random.get_state()[1:])]
        parts += [os.getcwd(), sorted(os.environ.items()), sys.path, sorted(sys.modules), len(print.__name__)]
        parts += [str(signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)]
        parts += [self._file(place) for place in sorted(self.base.rglob("*"))]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def _file(self, place: pathlib.Path) -> tuple[Any, ...]:
        status = place.lstat()
        content = hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else ""
        return str(place), status.st_mode, status.st_mtime_ns, content

    def attempt(self, code: str, seconds: float) -> Any:
        """One trial."""
        with tempfile.TemporaryDirectory(prefix="smallcode-") as folder:
            return run_trial(self.shell, code, seconds=seconds, scratch=pathlib.Path(folder) / "trial")

    def latencies(self, count: int) -> list[tuple[float, float]]:
        """Milliseconds of trials of a small cell on the namespace, from the call to the report: by the clock, and of
        processor time of both processes, which a busy machine does not lengthen."""
        code = "print(data[:10].sum())\nlen(data)"
        self.attempt(code, 20.0)
        found = []
        for _ in range(count):
            began, used = time.perf_counter(), self._processor_time()
            report = self.attempt(code, 20.0)
            assert report.status == "passed", report
            found.append(((time.perf_counter() - began) * 1000, (self._processor_time() - used) * 1000))
        return found

    def _processor_time(self) -> float:
        """Seconds, of this process and of its children that have ended."""
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + usage.ru_utime + usage.ru_stime

    def some(
        self, first: int, count: int, seconds: float, kinds: tuple[str, ...], is_checked: bool
    ) -> dict[str, Any]:
        """Trials of made-up cells; how each ended, and whether anything changed."""
        warnings.simplefilter("ignore")
        before = self.digest() if is_checked else ""
        statuses: dict[str, int] = {}
        changed, slowest = [], 0.0
        for number in range(first, first + count):
            kind, code = program(number, kinds)
            began = time.perf_counter()
            report = self.attempt(code, seconds)
            slowest = max(slowest, time.perf_counter() - began)
            key = f"{kind}: {report.status}"
            statuses[key] = statuses.get(key, 0) + 1
            if is_checked and self.digest() != before:
                changed.append(number)
                before = self.digest()
        return {
            "first": first,
            "count": count,
            "statuses": statuses,
            "changed": changed,
            "slowest": slowest,
            **self.state(),
        }

    def state(self) -> dict[str, Any]:
        """What trials could leave behind."""
        children = [
            c for task in pathlib.Path("/proc/self/task").glob("*/children") for c in task.read_text().split()
        ]
        with open("/proc/self/statm") as sizes:
            resident = int(sizes.read().split()[1]) * 4096
        stray = [p.name for p in pathlib.Path(tempfile.gettempdir()).glob("smallcode-*")]
        return {
            "handles": len(os.listdir("/proc/self/fd")),
            "threads": threading.active_count(),
            "children": len(children),
            "resident_mb": resident // 2**20,
            "stray_folders": len(stray),
        }

    def tell(self, value: Any) -> None:
        """Hand a value to the driver."""
        print("VALUE" + json.dumps(value))

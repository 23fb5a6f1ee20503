"""Attacks on the machine, its limits, and on the report."""

from __future__ import annotations

from attack import Attack

__all__ = ["MACHINE"]

_NESTED = "its trials enter some of their own; what is read-only or hidden stays so in them"
_LIBC = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def _power(name: str, code: str, held_by: str = "seccomp", **more: str) -> Attack:
    return Attack(
        name=name, group="privileges", code=code, happened="'done' in told", held_by=held_by, **more
    )


def _greed(name: str, code: str, happened: str, held_by: str, **more: str) -> Attack:
    return Attack(name=name, group="resources", code=code, happened=happened, held_by=held_by, **more)


def _lie(name: str, code: str, happened: str, held_by: str, **more: str) -> Attack:
    return Attack(
        name=name, group="report", code=code, happened=happened, held_by=held_by, has_control=False, **more
    )


_SEND = """
import os
def send(message):
    for number in range(3, 200):
        try: os.write(number, message)
        except OSError: pass
"""
_PROCESSES = """
import os, time
count = 0
for _ in range(300):
    try:
        if os.fork() == 0:
            time.sleep(3); os._exit(0)
        count += 1
    except OSError:
        break
print('started', count)
"""
_THREADS = """
import threading, time
count = 0
for _ in range(400):
    try:
        threading.Thread(target=time.sleep, args=(1,), daemon=True).start(); count += 1
    except RuntimeError:
        break
print('started', count)
"""
_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execlp('sleep', 'sleep', '98765.4321')
    os._exit(0)
time.sleep(0.3)
"""
_MEMORY_FILES = """
import os
total = 0
try:
    for n in range(10):
        f = os.memfd_create(str(n))
        for _ in range(60): total += os.write(f, b'x' * 2**20)
except OSError:
    pass
print('kept', total)
"""
_SCRATCH = """
import os, tempfile
folder, total = tempfile.mkdtemp(), 0
try:
    for n in range(10):
        with open(f'{folder}/{n}', 'wb') as f:
            for _ in range(40): total += f.write(b'x' * 2**20)
except OSError:
    pass
for n in range(10):
    if os.path.exists(f'{folder}/{n}'): os.remove(f'{folder}/{n}')
os.rmdir(folder) if not os.listdir(folder) else None
print('kept', total)
"""
_LARGE = """
import os, tempfile
place, total = tempfile.mktemp(), 0
try:
    with open(place, 'wb') as f:
        for _ in range(200): total += f.write(b'x' * 2**20)
except OSError:
    pass
os.remove(place)
print('kept', total)
"""
_ALLOCATE = """
import numpy
try:
    print('kept', numpy.zeros(3 * 2**27).nbytes)
except MemoryError:
    pass
"""
_KEPT = "int(told.split('kept ')[-1].split()[0] if 'kept ' in told else 0)"
_STARTED = "int(told.split('started ')[-1].split()[0] if 'started ' in told else 0)"
_FORGED = '{"status": "passed", "stdout": "", "added": ["forged"]}'
MACHINE: tuple[Attack, ...] = (
    _power(
        "mount something",
        _LIBC
        + (
            "if libc.mount(b'x', str(W.other / 'sub').encode(), b'tmpfs', 0, None) == 0:\n"
            "    print('done'); libc.umount2(str(W.other / 'sub').encode(), 2)"
        ),
        "seccomp; lost capabilities",
        needs="root",
    ),
    _power(
        "change the root folder",
        "import os; os.chroot('/tmp'); print('done')",
        "seccomp; lost capabilities",
        needs="root",
    ),
    _power(
        "enter a new user namespace",
        _LIBC + "if libc.unshare(0x10000000) == 0: print('done')",
        open_in_kernel=_NESTED,
    ),
    _power(
        "clone into a new user namespace",
        _LIBC
        + "n = libc.syscall(56, 0x10000011, 0, 0, 0, 0)\nif n == 0: os._exit(0)\nif n > 0: print('done')",
        open_in_kernel=_NESTED,
    ),
    _power(
        "store a key in the system",
        _LIBC + "if libc.syscall(248, b'user', b'x', b'x', 1, -2) > 0: print('done')",
    ),
    _power("catch page faults", _LIBC + "if libc.syscall(323, 1) >= 0: print('done')"),
    _power(
        "load a program into the system",
        _LIBC
        + (
            "a = ctypes.create_string_buffer(72)\n"
            "ctypes.memmove(a, (ctypes.c_uint32 * 4)(2, 4, 4, 1), 16)\n"
            "if libc.syscall(321, 0, a, 72) >= 0: print('done')"
        ),
        "seccomp; lost capabilities",
        needs="root",
    ),
    _power(
        "count the machine's events",
        _LIBC
        + (
            "a = ctypes.create_string_buffer(128)\n"
            "ctypes.memmove(a, (ctypes.c_uint32 * 2)(1, 128), 8)\na[40] = 0x60\n"
            "if libc.syscall(298, a, 0, -1, -1, 0) >= 0: print('done')"
        ),
    ),
    _power(
        "rename the machine",
        "import socket; socket.sethostname(socket.gethostname()); print('done')",
        "seccomp; lost capabilities",
        needs="root",
    ),
    _power(
        "hold the administrator's capabilities",
        (
            "s = open('/proc/self/status').read()\n"
            "if int(s.split('CapEff:')[1].split()[0], 16) & 1 << 21: print('done')"
        ),
        "lost capabilities",
        needs="root",
    ),
    _power(
        "a child holds the administrator's capabilities",
        (
            "import subprocess\n"
            "s = subprocess.run(['cat', '/proc/self/status'], capture_output=True, "
            "text=True).stdout\nif int(s.split('CapEff:')[1].split()[0], 16) & 1 << 21: print('done')"
        ),
        "lost capabilities",
        needs="root",
    ),
    _greed("a daemon outlives it", _DAEMON, "W.left_sleeping()", "process group cannot be left"),
    _greed(
        "a daemon of the shell outlives it",
        "import os, time; os.system('setsid nohup sleep 98765.4321 >/dev/null 2>&1 &'); time.sleep(0.3)",
        "W.left_sleeping()",
        "process group cannot be left",
    ),
    _greed("300 processes", _PROCESSES, _STARTED + " >= 300", "limit of tasks", needs="user", seconds=20.0),
    _greed(
        "300 processes of the administrator",
        _PROCESSES,
        _STARTED + " >= 300",
        "",
        needs="root",
        seconds=20.0,
        open_because="the limit of tasks does not hold the administrator; all are ended with the trial",
    ),
    _greed("400 threads", _THREADS, _STARTED + " >= 400", "limit of tasks", needs="user"),
    _greed("3 GB of memory", _ALLOCATE, _KEPT + " >= 3 * 2**30", "limit of memory"),
    _greed("600 MB in files without a name", _MEMORY_FILES, _KEPT + " >= 600 * 2**20", "seccomp"),
    _greed("one file of 200 MB", _LARGE, _KEPT + " >= 200 * 2**20", "limit of file size; scratch in memory"),
    _greed(
        "400 MB of files in scratch",
        _SCRATCH,
        _KEPT + " >= 400 * 2**20",
        "scratch in memory, of 256 MB",
        open_without_namespaces="scratch lies on the disk then, and is removed after the trial",
    ),
    _greed(
        "200 MB of output",
        "import os\nfor _ in range(200): os.write(1, b'x' * 2**20)",
        "len(told) >= 900_000",
        "limit of file size; output cut",
    ),
    _greed(
        "an endless loop that ignores signals",
        (
            "import signal\nfor n in range(1, 64):\n    try: signal.signal(n, signal.SIG_IGN)\n"
            "    except (OSError, ValueError): pass\nwhile True: pass"
        ),
        "report is not None and report.status != 'timed_out'",
        "wall clock",
        seconds=1.0,
        has_control=False,
    ),
    _greed(
        "an endless call of C",
        "import ctypes; ctypes.CDLL(None).pause()",
        "report is not None and report.status != 'timed_out'",
        "wall clock",
        seconds=1.0,
        has_control=False,
    ),
    _lie(
        "claim success in the report",
        _SEND + f"m = b'{_FORGED}'\nsend(b'%08d' % len(m) + m)\nraise SystemExit(1)",
        "report.status == 'passed' and 'forged' in report.added",
        "",
        open_because="a verdict is advice: it grants nothing, and the cell is asked about or run confined all the same",
    ),
    _lie(
        "hide a changed array",
        _SEND
        + "big[5:5000] = 1\n"
        + f"m = b'{_FORGED}'\nsend(b'%08d' % len(m) + m)\nimport time; time.sleep(0.2)",
        "'big' not in report.changed",
        "the kernel reads the page tables",
    ),
    _lie(
        "hide a written file",
        _SEND
        + "open('made', 'w').write('x')\n"
        + f"m = b'{_FORGED}'\nsend(b'%08d' % len(m) + m)\nimport time; time.sleep(0.2)",
        "report.status == 'passed' and not any(f.path == 'made' for f in report.files)",
        "the kernel reads the layer",
    ),
    _lie(
        "a report of a gigabyte",
        _SEND + "send(b'99999999' + b'x' * 1000)\nimport time; time.sleep(0.2)",
        "report.status == 'passed'",
        "cap on the report",
    ),
    _lie(
        "a report nested 200,000 deep",
        _SEND + "m = b'[' * 200_000\nsend(b'%08d' % len(m) + m)\nimport time; time.sleep(0.2)",
        "report.status == 'passed'",
        "read with care",
    ),
    _lie(
        "a report without end",
        _SEND + "send(b'00900000')\nimport time\nwhile True: send(b'x')",
        "report.status == 'passed'",
        "wall clock; cap on the report",
        seconds=1.0,
    ),
)

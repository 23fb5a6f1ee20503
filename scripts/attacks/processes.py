"""Attacks on other processes: the kernel first of all."""

from __future__ import annotations

from attack import Attack

__all__ = ["PROCESSES"]

_SCOPE = "Landlock scope"
_LIBC = "import ctypes, os, signal\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def _on_process(
    name: str, code: str, happened: str, held_by: str, group: str = "processes", **more: str
) -> Attack:
    return Attack(name=name, group=group, code=code, happened=happened, held_by=held_by, **more)


def _signal(name: str, code: str, held_by: str = _SCOPE) -> Attack:
    return _on_process(name, _LIBC + code, "W.signals > 0", held_by, "signals")


PROCESSES: tuple[Attack, ...] = (
    _signal("signal the kernel", "os.kill(W.pid, signal.SIGUSR1)"),
    _signal("signal the kernel's group", "os.killpg(os.getpgid(W.pid), signal.SIGUSR1)"),
    _signal("signal the kernel by a command", "os.system(f'kill -USR1 {W.pid}')"),
    _signal(
        "signal the kernel through a handle", "signal.pidfd_send_signal(os.pidfd_open(W.pid), signal.SIGUSR1)"
    ),
    _signal("signal a thread of the kernel", "libc.syscall(234, W.pid, W.pid, int(signal.SIGUSR1))"),
    _signal(
        "queue a signal to the kernel",
        (
            "info = ctypes.create_string_buffer(128)\n"
            "ctypes.memmove(ctypes.addressof(info) + 8, ctypes.byref(ctypes.c_int(-1)), 4)\n"
            "libc.syscall(129, W.pid, int(signal.SIGUSR1), info)"
        ),
    ),
    _signal(
        "have the system signal the kernel",
        (
            "import fcntl\nr, w = os.pipe()\nfcntl.fcntl(r, fcntl.F_SETOWN, W.pid)\n"
            "fcntl.fcntl(r, fcntl.F_SETFL, os.O_ASYNC)\nos.write(w, b'x')"
        ),
        "seccomp; Landlock scope",
    ),
    _on_process(
        "change the kernel's limits",
        (
            "import resource; n = resource.prlimit(W.pid, resource.RLIMIT_NOFILE)\n"
            "resource.prlimit(W.pid, resource.RLIMIT_NOFILE, (n[0] - 1, n[1]))"
        ),
        "resource.getrlimit(resource.RLIMIT_NOFILE) != W.limit",
        "seccomp",
    ),
    _on_process(
        "move the kernel to one processor",
        "import os; os.sched_setaffinity(W.pid, {min(os.sched_getaffinity(0))})",
        "os.sched_getaffinity(0) != W.affinity",
        "seccomp",
    ),
    _on_process(
        "make the kernel wait behind others",
        "import os; os.setpriority(os.PRIO_PROCESS, W.pid, os.getpriority(os.PRIO_PROCESS, W.pid) + 1)",
        "os.getpriority(os.PRIO_PROCESS, 0) != W.nice",
        "seccomp",
    ),
    _on_process(
        "change the kernel's scheduling",
        "import os; os.sched_setscheduler(W.pid, os.SCHED_BATCH, os.sched_param(0)); print('set')",
        (
            "os.sched_getscheduler(0) == os.SCHED_BATCH and [os.sched_setscheduler(0, "
            "os.SCHED_OTHER, os.sched_param(0))]"
        ),
        "seccomp",
    ),
    _on_process(
        "change the kernel's disk priority",
        _LIBC + "if libc.syscall(251, 1, W.pid, 3 << 13) == 0: print('set')",
        "'set' in told",
        "seccomp",
    ),
    _on_process(
        "have the kernel ended first when memory is short",
        "open(f'/proc/{W.pid}/oom_score_adj', 'w').write('900')",
        (
            "open('/proc/self/oom_score_adj').read() != W.oom and [open('/proc/self/oom_score_adj', "
            "'w').write('0')]"
        ),
        "Landlock; read-only mounts",
    ),
    _on_process(
        "attach a debugger to the kernel",
        _LIBC + "if libc.ptrace(0x4206, W.pid, None, None) == 0: print('attached')",
        "'attached' in told",
        "Landlock; seccomp",
    ),
    _on_process(
        "write the kernel's memory by system call",
        _LIBC
        + (
            "source = ctypes.create_string_buffer(b'broken')\n"
            "class V(ctypes.Structure): _fields_ = [('b', ctypes.c_void_p), ('n', "
            "ctypes.c_size_t)]\n"
            "libc.process_vm_writev(W.pid, ctypes.byref(V(ctypes.addressof(source), 6)), 1, "
            "ctypes.byref(V(W.canary_at, 6)), 1, 0)"
        ),
        "W.canary.value != b'canary'",
        "Landlock; seccomp",
    ),
    _on_process(
        "read the kernel's memory by system call",
        _LIBC
        + (
            "target = ctypes.create_string_buffer(6)\n"
            "class V(ctypes.Structure): _fields_ = [('b', ctypes.c_void_p), ('n', "
            "ctypes.c_size_t)]\n"
            "if libc.process_vm_readv(W.pid, ctypes.byref(V(ctypes.addressof(target), 6)), 1, "
            "ctypes.byref(V(W.canary_at, 6)), 1, 0) == 6: print('got', target.raw)"
        ),
        "'got' in told",
        "Landlock; seccomp",
    ),
    _on_process(
        "write the kernel's memory through /proc",
        "f = open(f'/proc/{W.pid}/mem', 'r+b', buffering=0)\nf.seek(W.canary_at); f.write(b'broken')",
        "W.canary.value != b'canary'",
        "Landlock",
    ),
    _on_process(
        "take a handle from the kernel",
        _LIBC + "if libc.syscall(438, os.pidfd_open(W.pid), W.file.fileno(), 0) >= 0: print('taken')",
        "'taken' in told",
        "Landlock; seccomp",
    ),
    _on_process(
        "compare with the kernel's insides",
        _LIBC + "if libc.syscall(312, os.getpid(), W.pid, 1, 0, 0) >= 0: print('compared')",
        "'compared' in told",
        "Landlock; seccomp",
    ),
)

"""A system call filter through ctypes: what a trial or a command never needs is refused with EPERM.

The functions raise OSError and keep off everything that is not safe in a just-forked process.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from functools import cache

from smallcode_jupyter.sandbox.landlock import syscall

__all__ = ["filter_program", "has_seccomp", "install_filter"]

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_COLUMNS = {"x86_64": 0, "aarch64": 1}
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "perf_event_open": (298, 241),
    # mounts and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    # kernel surface
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "fanotify_init": (300, 262),
    # the machine
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "syslog": (103, 116),
    "quotactl": (179, 60),
    "iopl": (172, None),
    "ioperm": (173, None),
}
"""Refused whatever the arguments: numbers on x86_64 and aarch64."""
_FOR_NAMESPACES = ("mount", "unshare", "mount_setattr")
_METADATA: dict[str, tuple[int | None, int | None]] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
}
"""Landlock has no say over these."""
_NEW_GROUPS = {"setsid": (112, 157), "setpgid": (109, 154)}
"""Ways out of the process group that is killed at the end."""
_LOCKS = {"flock": (73, 32)}
"""A lock on a file of the person's would be felt by other programs."""
_STANDING = {"sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274)}
"""Libraries set it for their own threads; whose it is, a filter cannot see."""
_OTHERS: dict[str, tuple[int | None, int | None]] = {
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "process_mrelease": (448, 448),
}
_LASTING: dict[str, tuple[int | None, int | None]] = {
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
}
"""Memory outside every limit, or that stays when the process is gone."""
_SIGNALS: dict[str, tuple[int | None, int | None]] = {
    "kill": (62, 129),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}
"""The first argument is a process."""
_SIGNALS_BY_HANDLE: dict[str, tuple[int | None, int | None]] = {
    "tkill": (200, 130),
    "pidfd_send_signal": (424, 424),
}
_SOCKET, _CLONE, _CLONE3 = (41, 198), (56, 220), (435, 435)
_IOCTL, _PRLIMIT, _SETPRIORITY = (16, 29), (302, 261), (141, 140)
_AFFINITY, _FCNTL = (203, 122), (72, 25)
_SET_OWNER, _SET_SIGNAL, _SET_OWNER_EXTENDED, _SET_LEASE, _NOTIFY = 8, 10, 15, 1024, 1026
"""Of fcntl: signals to another process when something happens to a file, and holding up those who open it."""
_NEW_NAMESPACES = 0x7E020000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
"""Typing into somebody's terminal."""
_X32_BIT = 0x40000000

_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_REFUSE = _ERRNO | errno.EPERM
_SKIP = _ERRNO
"""Error number 0: the call is not made and seems to have succeeded."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET, _ARGUMENT_OFFSET = 0, 4, 16
_SET_FILTER, _ACTION_AVAILABLE = 1, 2
_SECCOMP = (317, 277)


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@cache
def _machine() -> str:
    return platform.machine()


def _instruction(code: int, value: int, *, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _refuse_when(number: int, argument: int, test: int, values: tuple[int, ...]) -> list[bytes]:
    """Refuse this call when the low half of the argument passes the test with one of the values."""
    count = len(values)
    tests = [_instruction(test, value, if_true=count - place) for place, value in enumerate(values)]
    return [
        _instruction(_EQUAL, number, if_false=count + 3),
        _instruction(_LOAD, _ARGUMENT_OFFSET + 8 * argument),
        *tests,
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _REFUSE),
    ]


def _allow_only(number: int, values: tuple[int, ...], *, otherwise: int = _REFUSE) -> list[bytes]:
    """Refuse this call unless the low halves of its first arguments are these."""
    tests: list[bytes] = []
    for argument, value in enumerate(values):
        tests += [
            _instruction(_LOAD, _ARGUMENT_OFFSET + 8 * argument),
            _instruction(_EQUAL, value, if_true=1),
            _instruction(_RETURN, otherwise),
        ]
    return [_instruction(_EQUAL, number, if_false=len(tests) + 1), *tests, _instruction(_RETURN, _ALLOW)]


def _answer(number: int | None, answer: int) -> list[bytes]:
    if number is None:
        return []
    return [_instruction(_EQUAL, number, if_false=1), _instruction(_RETURN, answer)]


def _trial_rules(column: int, own: int | None) -> list[bytes]:
    program: list[bytes] = []
    for skipped in (_METADATA, _NEW_GROUPS, _LOCKS, _STANDING):
        for numbers in skipped.values():
            program += _answer(numbers[column], _SKIP)
    for refused in (_LASTING, _OTHERS):
        for numbers in refused.values():
            program += _answer(numbers[column], _REFUSE)
    program += _allow_only(_AFFINITY[column], (0,), otherwise=_SKIP)
    watching = (_SET_OWNER, _SET_SIGNAL, _SET_OWNER_EXTENDED, _SET_LEASE, _NOTIFY)
    program += _refuse_when(_FCNTL[column], 1, _EQUAL, watching)
    if own is not None:
        for numbers in _SIGNALS.values():
            program += _allow_only(numbers[column] or 0, (own,))
        for numbers in _SIGNALS_BY_HANDLE.values():
            program += _answer(numbers[column], _REFUSE)
    return program


@cache
def filter_program(
    *,
    allows_network: bool,
    is_trial: bool,
    machine: str,
    only_process: int | None = None,
    allows_namespaces: bool = False,
) -> bytes:
    """The BPF program for this machine (`x86_64` or `aarch64`). Raises KeyError for any other.

    `only_process`: in a trial, no other process can be sent a signal. `allows_namespaces`: for a confined kernel, whose
    trials enter some of their own.
    """
    column = _COLUMNS[machine]
    program = [
        _instruction(_LOAD, _ARCHITECTURE_OFFSET),
        _instruction(_EQUAL, _ARCHITECTURES[machine], if_true=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER_OFFSET),
    ]
    if machine == "x86_64":
        program += [_instruction(_AT_LEAST, _X32_BIT, if_false=1), _instruction(_RETURN, _REFUSE)]
    for name, numbers in _REFUSED.items():
        if not (allows_namespaces and name in _FOR_NAMESPACES):
            program += _answer(numbers[column], _REFUSE)
    if is_trial:
        program += _trial_rules(column, only_process)
    if not allows_network:
        # Path sockets too: the container daemon, the desktop bus and the key agent listen on them.
        program += _answer(_SOCKET[column], _REFUSE)
    # The flags of clone3 lie in memory, out of a filter's reach; the C library then falls back to clone.
    program += _answer(_CLONE3[column], _ERRNO | errno.ENOSYS)
    if not allows_namespaces:
        program += _refuse_when(_CLONE[column], 0, _ANY_BIT, (_NEW_NAMESPACES,))
    program += _allow_only(_PRLIMIT[column], (0,))
    program += _allow_only(_SETPRIORITY[column], (0, 0))
    program += _refuse_when(_IOCTL[column], 1, _EQUAL, (_TIOCSTI, _TIOCLINUX))
    program.append(_instruction(_RETURN, _ALLOW))
    return b"".join(program)


def _seccomp(operation: int, argument: object) -> None:
    number = _SECCOMP[_COLUMNS[_machine()]]
    syscall(number, ctypes.c_ulong(operation), ctypes.c_ulong(0), argument)


def has_seccomp() -> bool:
    """Whether the kernel filters system calls and this machine's numbers are known."""
    if sys.platform != "linux" or _machine() not in _ARCHITECTURES:
        return False
    action = ctypes.c_uint32(_ERRNO)
    try:
        _seccomp(_ACTION_AVAILABLE, ctypes.byref(action))
    except OSError:
        return False
    return True


def install_filter(*, allows_network: bool, is_trial: bool, only_process: int | None = None) -> None:
    """Hold this process and its children to the filter. Needs `PR_SET_NO_NEW_PRIVS`. Raises OSError.

    With `is_trial`, changing modes, owners and times of files, locking them, and leaving the process group, do
    nothing and seem to succeed. `only_process`: in a trial, no other process can be sent a signal.
    """
    program = filter_program(
        allows_network=allows_network, is_trial=is_trial, machine=_machine(), only_process=only_process
    )
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _FilterProgram(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _seccomp(_SET_FILTER, ctypes.byref(described))

"""Confining the own process, for good: resource limits, Landlock, a system call filter.

`confine_self` is for a process that was just forked or is about to be replaced: it cannot be taken back.
"""

from __future__ import annotations

import ctypes
import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.landlock import landlock_abi, prctl, restrict_files
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.privileges import drop_capabilities
from smallcode_jupyter.sandbox.seccomp import has_seccomp, install_filter

__all__ = ["Confinement", "confine_self", "confinement_available", "volunteer_for_memory"]

_PR_SET_NO_NEW_PRIVS = 38
_RESERVED_BYTES = 16 * 2**30
_ABI_WITH_SIGNALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What this machine can hold a process with."""

    landlock_abi: int
    """0 where files cannot be protected."""
    has_seccomp: bool
    name: str
    """`landlock+seccomp`, `landlock`, or `unconfined`: without Landlock, files are not protected."""

    @property
    def protects_files(self) -> bool:
        """Whether writes outside the write roots are refused."""
        return self.landlock_abi > 0


@cache
def confinement_available() -> Confinement:
    """What `confine_self` would apply here. Asks the kernel once and changes nothing."""
    abi, filters = landlock_abi(), has_seccomp()
    name = "unconfined" if abi == 0 else "landlock+seccomp" if filters else "landlock"
    return Confinement(landlock_abi=abi, has_seccomp=filters, name=name)


def confine_self(policy: SandboxPolicy, *, is_strict: bool = False, is_trial: bool = False) -> Confinement:
    """Hold this process and all its children to the policy, and say by what.

    What the machine offers must work: a step that fails raises SandboxError, and the caller must then end the
    process without running anything. `is_strict` also raises where files or system calls cannot be protected.
    `is_trial`: changing modes, owners and times of files, locking them, and leaving the process group, do nothing and
    seem to succeed; where Landlock does not keep signals in, none can be sent to another process.
    Call `confinement_available` before a fork, so that nothing is looked up in the child.
    """
    available = confinement_available()
    if is_strict and not (available.protects_files and available.has_seccomp):
        raise SandboxError(
            "Nothing was run.",
            why="This system cannot protect files from it: that takes Linux 5.13 or later with Landlock.",
        )
    if os.name == "posix":
        _step("the resource limits", lambda: _limit_resources(policy))
    if available.protects_files or available.has_seccomp:
        _step("no-new-privileges", _give_up_privileges)
    if available.has_seccomp:
        _step("the loss of privileges", drop_capabilities)
    if available.protects_files:
        roots = [str(root) for root in policy.write_roots]
        _step(
            "Landlock",
            lambda: restrict_files(
                roots,
                hidden=[str(root) for root in policy.hidden],
                hides_names=policy.hides_names,
                allows_network=policy.allows_network,
                abi=available.landlock_abi,
            ),
        )
    if available.has_seccomp:
        _step(
            "the system call filter",
            lambda: install_filter(
                allows_network=policy.allows_network,
                is_trial=is_trial,
                only_process=None if available.landlock_abi >= _ABI_WITH_SIGNALS else os.getpid(),
            ),
        )
    return available


def _step(name: str, apply: Callable[[], None]) -> None:
    try:
        apply()
    except (OSError, ValueError) as error:
        raise SandboxError("Nothing was run.", why=f"Setting up {name} failed: {error}.") from error


def _give_up_privileges() -> None:
    one, zero = ctypes.c_ulong(1), ctypes.c_ulong(0)
    prctl(_PR_SET_NO_NEW_PRIVS, one, zero, zero, zero)


def _limit_resources(policy: SandboxPolicy) -> None:
    if sys.platform == "win32":
        return
    import resource

    if sys.platform == "linux":
        volunteer_for_memory()
        with open("/proc/self/statm") as statm:
            pages = [int(field) for field in statm.read().split()]
        page, more = resource.getpagesize(), policy.memory_mb * 2**20
        # Its own writable memory. Address space as a whole is mostly libraries and reservations: a loose bound.
        _lower(resource.RLIMIT_DATA, pages[5] * page + more)
        _lower(resource.RLIMIT_AS, pages[0] * page + more + _RESERVED_BYTES)
    # Processor time counts every thread; the wall clock is the caller's, this is for what escapes it.
    threads = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    _lower(resource.RLIMIT_CPU, math.ceil(policy.seconds + 1) * threads)
    _lower(resource.RLIMIT_FSIZE, policy.file_mb * 2**20)
    _lower(resource.RLIMIT_CORE, 0)
    if policy.most_tasks is not None:
        _lower(resource.RLIMIT_NPROC, policy.most_tasks)


def volunteer_for_memory() -> None:
    """Where memory runs out, the system is to end this process first. Raises OSError."""
    # Inside another confinement it is this already, and may not be written.
    with open("/proc/self/oom_score_adj") as score:
        is_first_to_go = score.read().strip() == "1000"
    if not is_first_to_go:
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")


def _lower(kind: int, limit: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, limit))

"""What this machine has, and which models fit."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.models.local.catalogue import CATALOGUE

__all__ = ["DeviceReport", "Fit", "Gpu", "available_cores", "device_report"]

_CGROUP = Path("/sys/fs/cgroup")
_ROUNDED = 0.93
"""A card sold as 8 GB reports a little less."""
_SYSTEM_MEMORY = 1_000_000_000
"""Left to the system and the notebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One graphics card."""

    name: str
    memory: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether a model of the catalogue fits here."""

    name: str
    title: str
    memory: int
    """Bytes it needs."""
    place: str
    """`GPU`, `CPU`, or empty if it does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReport:
    """What this machine has."""

    cores: int
    memory: int
    """Bytes of RAM, as far as this process may use it; 0 if unknown."""
    gpus: tuple[Gpu, ...]
    fits: tuple[Fit, ...]


def device_report() -> DeviceReport:
    """Look at the machine; never raises. Cards are seen through `nvidia-smi`."""
    memory, gpus = _memory(), _gpus()
    most = max((gpu.memory for gpu in gpus), default=0)
    fits = tuple(
        Fit(
            name=entry.name,
            title=entry.title,
            memory=entry.memory,
            place=_place(entry.memory, gpu=most, memory=memory),
        )
        for entry in CATALOGUE
    )
    return DeviceReport(cores=available_cores(), memory=memory, gpus=gpus, fits=fits)


def available_cores() -> int:
    """Cores that this process may use: a server with more threads than that is many times slower."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = (_CGROUP / "cpu.max").read_text(encoding="ascii").split()
        share = -(-int(quota) // int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return max(1, allowed)
    return max(1, min(allowed, share))


def _place(needed: int, *, gpu: int, memory: int) -> str:
    if gpu >= needed * _ROUNDED:
        return "GPU"
    return "CPU" if memory - _SYSTEM_MEMORY >= needed else ""


def _memory() -> int:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
    try:
        return min(total, int((_CGROUP / "memory.max").read_text(encoding="ascii")))
    except (OSError, ValueError):
        return total


def _gpus() -> tuple[Gpu, ...]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    command = [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        output = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    found: list[Gpu] = []
    for line in output.splitlines():
        name, _, megabytes = line.rpartition(",")
        if megabytes.strip().isdigit():
            found.append(Gpu(name=name.strip(), memory=int(megabytes) * 1_048_576))
    return tuple(found)

"""Whether this very process was confined when it was launched, asked of the system and not of a variable."""

from __future__ import annotations

import os
import sys

__all__ = ["UNCONFINED", "is_kernel_confined"]

UNCONFINED = "unconfined kernel: code that you run or accept here can do what you can"
_READ_ONLY = 1
_SYSTEM_FOLDERS = ("/", "/usr", "/etc")


def is_kernel_confined() -> bool:
    """Whether nothing outside the folders given to it can be written and no network interface leads anywhere."""
    if sys.platform != "linux":
        return False
    try:
        is_read_only = all(os.statvfs(place).f_flag & _READ_ONLY for place in _SYSTEM_FOLDERS)
        with open("/proc/net/dev") as interfaces:
            names = {line.partition(":")[0].strip() for line in interfaces if ":" in line}
    except OSError:
        return False
    return is_read_only and names <= {"lo"}

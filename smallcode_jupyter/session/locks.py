"""Settings that an administrator has locked for everybody on this machine.

A locked setting is a rule for the class, not a prison: whoever can run Python can change Python. What has to hold
against that belongs before the model server (`smallcode gateway`).
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.protocol.errors import ConfigError

__all__ = ["Lock", "lock_files", "read_locks", "refused"]

_NAME = Path("smallcode", "locked.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """One setting's fixed value."""

    value: str | int | float | bool
    file: Path
    """Where the administrator wrote it."""


def lock_files() -> tuple[Path, ...]:
    """The machine's file and that of this Python installation; the first one that names a setting decides.

    No variable of the environment moves them: what a person could point elsewhere would lock nothing.
    """
    return Path("/etc", _NAME), Path(sys.prefix, "etc", _NAME)


def read_locks(known: Collection[str]) -> Mapping[str, Lock]:
    """The locked settings by name. Raises ConfigError for a file that is there and cannot be understood."""
    locks: dict[str, Lock] = {}
    for file in lock_files():
        for name, value in _read(file).items():
            if name not in known:
                raise _unclear(file, f"There is no setting {name!r}.")
            if not isinstance(value, str | int | float | bool):
                raise _unclear(file, f"The value of {name} is no text, number, true or false.")
            locks.setdefault(name, Lock(value=value, file=file))
    return locks


def refused(name: str, value: object, file: str) -> ConfigError:
    """The refusal to change a locked setting. `value` is the locked one."""
    shown = "set" if name.endswith("_key") else f"{value}" if value not in ("", None) else "empty"
    return ConfigError(
        f"The setting {name} is locked.",
        why=f"It is {shown}, for everybody here: the administrator wrote that into {file}.",
        hint="Ask the administrator, or leave it out.",
    )


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise _unclear(file, f"{error}".rstrip(".") + ".") from error


def _unclear(file: Path, why: str) -> ConfigError:
    return ConfigError(
        f"The administrator's settings in {file} cannot be used.",
        why=why,
        hint="Tell the administrator: nothing is run before they can be read.",
    )

"""Which file a model means by a path."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import Parameter

__all__ = ["complete_path", "is_path_parameter", "place_file", "tidy_path"]

_INVENTED = re.compile(
    r"/?(?:path/to(?:/your)?|workspace|your[_-]project|project|repo|testbed|app|mnt/data|home/user|tmp)/(?=.)"
)
"""Roots that models make up when they are not told any."""
_COMMON = ("__init__.py", "conftest.py", "index.js", "index.ts", "index.html", "mod.rs", "README.md")
"""Names that many folders have: alone they do not say which file is meant."""


def is_path_parameter(parameter: Parameter) -> bool:
    """Whether the argument names a file or folder."""
    return (
        parameter.kind == "string" and re.search(r"(?:^|_)(?:path|file|folder)$", parameter.name) is not None
    )


def tidy_path(path: str) -> str:
    """The path with `/`, without quotes, spaces around it, and a leading `./`."""
    path = path.strip().strip("`'\"").strip().replace("\\", "/")
    while path.startswith("./") and len(path) > 2:
        path = path[2:].lstrip("/")
    return "." if path == "./" else path


def complete_path(path: str, expectation: Expectation) -> tuple[str, Repair | None]:
    """The known path that is meant by one that must exist; the tidy path itself where that is not certain."""
    tidy = tidy_path(path)
    if tidy in expectation.known_paths or tidy in ("", ".") or tidy.startswith("cell:"):
        return tidy, _repair(path, tidy)
    suffix = [
        known for known in expectation.known_paths if _ends_with(known, tidy) or _ends_with(tidy, known)
    ]
    name = tidy.rpartition("/")[2]
    same = suffix or [known for known in expectation.known_paths if known.rpartition("/")[2] == name]
    if len(same) == 1:
        return same[0], _repair(path, same[0])
    return tidy, _repair(path, tidy)


def place_file(path: str, expectation: Expectation) -> tuple[str, Repair | None]:
    """Where a whole file goes: its tidy path, for it may be new; but the file in question where it bears its name.

    Roots that cannot be meant (`/workspace/`, `path/to/`) are taken off.
    """
    tidy = tidy_path(path)
    if tidy in expectation.known_paths or tidy.startswith("cell:"):
        return tidy, _repair(path, tidy)
    default = expectation.default_path
    if default is not None and _is_default(tidy, default):
        return default, _repair(path, default)
    if tidy.startswith(("/", "path/to/")):
        suffix = [known for known in expectation.known_paths if _ends_with(tidy, known)]
        placed = max(suffix, key=len) if suffix else _INVENTED.sub("", tidy, count=1)
        return placed, _repair(path, placed)
    return tidy, _repair(path, tidy)


def _is_default(path: str, default: str) -> bool:
    name = default.rpartition("/")[2]
    if path.rpartition("/")[2] != name:
        return False
    return name not in _COMMON or path == name or _ends_with(default, path) or _ends_with(path, default)


def _ends_with(path: str, tail: str) -> bool:
    return path.endswith("/" + tail)


def _repair(given: str, used: str) -> Repair | None:
    return None if given == used else Repair(name=f"path:{given[:80]}", detail=used)

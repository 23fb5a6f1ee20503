"""What of a task concerns one file: its items of a list, and what is said around them. Pure.

Shown a whole task and one file, a small model writes that file back as it was, or does the work of the others in it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence, Set

from smallcode_jupyter.agent.places import PATH

__all__ = ["ITEM", "LEADING_PATHS", "part_of"]

ITEM = r"[ \t]*(?:[-*]|\d+[.)])[ \t]+"
"""How an item of a list begins, from the start of its line."""
LEADING_PATHS = rf"(?:In\s+|Then\s+|Also\s+)?({PATH}(?:(?:,|\s+and|\s+or)\s+{PATH})*)"
"""The files with which a sentence or an item begins, together in one group."""
_START = re.compile(rf"^{ITEM}", re.MULTILINE)
_ENDS = re.compile(r"\n[ \t]*\n(?![ \t])")
_FIRST_PATHS = re.compile(LEADING_PATHS, re.IGNORECASE)
_EACH_PATH = re.compile(PATH)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_CODE = re.compile(r"`([^`\n]+)`")
_LONGEST_REMARK = 300


def part_of(words: str, path: str, *, paths: Set[str], defines: Mapping[str, Sequence[str]]) -> str:
    """The words less the items of their list that are about other files; empty where no item is about this one.

    `paths`: all files that are to change. `defines`: the names that each of them defines. An item that names no file
    belongs to that of the item before it.
    """
    opening, items, remarks = _pieces(words)
    owners: list[Set[str]] = []
    for item in items:
        found = _owners(item, paths, defines)
        owners.append(found if found is not None else owners[-1] if owners else frozenset())
    own = [item for item, of in zip(items, owners, strict=True) if path in of]
    if not own or len(own) == len(items):
        return ""
    spoken = {name for item in own for code in _CODE.findall(item) for name in _IDENTIFIER.findall(code)}
    shown = [remark for remark in remarks if _concerns(remark, path, spoken)]
    return "\n\n".join(part for part in (opening, "\n".join(own), *shown) if part)


def _pieces(words: str) -> tuple[str, list[str], list[str]]:
    """What stands before the list, its items, and the paragraphs between and after them."""
    starts = [found.start() for found in _START.finditer(words)]
    if not starts:
        return words.strip(), [], []
    items: list[str] = []
    remarks: list[str] = []
    for start, stop in zip(starts, [*starts[1:], len(words)], strict=True):
        item, *rest = _ENDS.split(words[start:stop])
        items.append(item.strip())
        remarks += [remark.strip() for remark in rest if remark.strip()]
    return words[: starts[0]].strip(), items, remarks


def _owners(item: str, paths: Set[str], defines: Mapping[str, Sequence[str]]) -> Set[str] | None:
    """The files that an item begins with, or those that define the name that it begins with; None for neither."""
    text = _START.sub("", item, count=1).lstrip("`")
    named = _FIRST_PATHS.match(text)
    if named is not None:
        written = [one.removeprefix("./") for one in _EACH_PATH.findall(named[1])]
        return {path for path in paths if any(path == one or path.endswith(f"/{one}") for one in written)}
    first = _IDENTIFIER.findall(re.split(r"[(\s]", text, maxsplit=1)[0])
    return {path for path in paths if set(first) & set(defines.get(path, ()))} or None


def _concerns(remark: str, path: str, spoken: Set[str]) -> bool:
    """Whether a short remark names the file, or something that its items name."""
    if len(remark) > _LONGEST_REMARK:
        return False
    names = set(_IDENTIFIER.findall(remark))
    return posixpath.basename(path) in remark or bool({name for name in names if len(name) > 2} & spoken)

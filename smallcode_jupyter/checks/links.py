"""Imports between Python files of the workspace that lead nowhere: a module that is gone, a name it does not define.

Tests say the same, but later and less plainly, and only where they load the file.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from smallcode_jupyter.checks.parsed import parsed
from smallcode_jupyter.checks.trim import first_few, trim_detail
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_links"]

_MOST_FILES = 400
Read = Callable[[str], str | None]
"""A file's text; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Fault:
    path: str
    line: int
    what: str


def check_links(
    changed: Sequence[str], *, paths: Sequence[str], read: Read, read_before: Read, is_step: bool
) -> CheckResult | None:
    """A failure if imports of the changed files, or of what imports them, lead nowhere since the change; else None.

    In a step only those of the changed files count: others have their own turn still to come.
    """
    own = [path for path in changed if path.endswith(".py")]
    if not own:
        return None
    stems = {_stem(path) for path in own}
    others = [path for path in paths if path.endswith(".py") and path not in own][:_MOST_FILES]
    importers = own if is_step else [*own, *(path for path in others if _mentions(read(path), stems))]
    known = {(fault.path, fault.what) for fault in _faults(importers, read_before)}
    faults = [fault for fault in _faults(importers, read) if (fault.path, fault.what) not in known]
    if not faults:
        return None
    lines = [f"{fault.path}, line {fault.line}: {fault.what}" for fault in faults]
    return CheckResult(
        name="imports",
        status="failed",
        target=faults[0].path,
        failed=len(faults),
        detail=trim_detail(first_few(lines)),
        display="\n".join(lines),
    )


def _stem(path: str) -> str:
    """By which a file is imported."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem == "__init__" else pure.stem


def _mentions(text: str | None, stems: set[str]) -> bool:
    return text is not None and any(stem in text for stem in stems)


def _faults(importers: Sequence[str], read: Read) -> Iterator[_Fault]:
    """What leads nowhere in these files, with every text as `read` gives it."""
    text_of = cache(read)
    names_of = cache(lambda path: _bound(text_of(path) or ""))
    for path in importers:
        tree = parsed(text_of(path) or "")
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.ImportFrom):
                yield from _faults_of(path, node, text_of, names_of)


def _faults_of(
    path: str, node: ast.ImportFrom, read: Read, names_of: Callable[[str], frozenset[str] | None]
) -> Iterator[_Fault]:
    written = "." * node.level + (node.module or "")
    parts = (node.module or "").split(".") if node.module else []
    for base in _bases(path, node.level):
        target = _file(base, parts, read)
        if target is None:
            is_ours = node.level > 0 or (len(parts) > 1 and _file(base, parts[:1], read) is not None)
            if is_ours and parts:
                yield _Fault(path, node.lineno, f"there is no module {written}")
                return
            continue
        known = names_of(target)
        for alias in node.names if known is not None else ():
            is_module = _file(base, [*parts, alias.name], read) is not None
            if known is not None and alias.name != "*" and alias.name not in known and not is_module:
                yield _Fault(path, node.lineno, f"{target} does not define {alias.name}")
        return


def _bases(path: str, level: int) -> list[str]:
    """The folders from which a name may be looked up: for a relative import just one."""
    folders = [str(folder) for folder in PurePosixPath(path).parents]
    if level > 0:
        return folders[level - 1 : level]
    return [*folders, "src"]


def _file(base: str, parts: Sequence[str], read: Read) -> str | None:
    """The file of a module below a folder; None where there is none, or where it is a folder without a file."""
    stem = "/".join(part for part in ("" if base == "." else base, *parts) if part)
    names = ([f"{stem}.py"] if parts else []) + [f"{stem}/__init__.py" if stem else "__init__.py"]
    return next((name for name in names if read(name) is not None), None)


def _bound(text: str) -> frozenset[str] | None:
    """What a module defines; None where that cannot be seen."""
    tree = parsed(text)
    if tree is None:
        return None
    found: set[str] = set()
    for node in _outside_of_functions(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    is_open = "*" in found or "__getattr__" in found or "globals()" in text
    return None if is_open else frozenset(found) | {"__name__", "__file__", "__doc__", "__all__", "__path__"}


def _outside_of_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes that run when the module is loaded, those in functions and classes left out."""
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _outside_of_functions(node)

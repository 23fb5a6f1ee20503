"""The modules of a folder that are loaded here, what they import, and which of them an edit makes out of date."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

__all__ = ["Affected", "affected_by", "loaded_from", "members_of", "project_modules"]

_FOREIGN = frozenset({"site-packages", "dist-packages"})
_OWN = __name__.partition(".")[0]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Read = Callable[[Path], str | None]
"""The text of a file as it is to be loaded; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """What an edit of some files concerns. By names as in `sys.modules`."""

    order: tuple[str, ...] = ()
    """To be loaded again, what others import first: those of the files, and those that hold objects out of them."""
    reached: frozenset[str] = frozenset()
    """All that import one of them, by whatever way: what they do may differ now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Imports:
    """Of one module."""

    at_load: frozenset[str]
    taken: frozenset[str]
    """Modules out of which it holds objects: `from m import f`, or `m.f` in what runs while it is loaded."""
    anywhere: frozenset[str]
    """Also inside functions."""


def members_of(module: object) -> dict[str, object]:
    """A module's own dictionary; empty for what else stands in `sys.modules`. A module that waits for its first use to
    be loaded goes on waiting.
    """
    if not issubclass(type(module), ModuleType):  # cffi puts there what only says that it is one
        return {}
    found = ModuleType.__getattribute__(module, "__dict__")
    assert isinstance(found, dict)
    return found


def project_modules(root: Path) -> dict[str, Path]:
    """The loaded modules whose source lies below the folder, installed packages left out, with their files."""
    folder = os.path.realpath(root) + os.sep
    found = {}
    for name, module in list(sys.modules.items()):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in (_OWN, "__main__", "__mp_main__"):
            continue
        file = members_of(module).get("__file__")
        if not isinstance(file, str) or not file.endswith(".py") or _FOREIGN.intersection(file.split(os.sep)):
            continue
        path = os.path.realpath(file)
        if path.startswith(folder):
            found[name] = Path(path)
    return found


def loaded_from(files: Collection[Path], root: Path) -> tuple[str, ...]:
    """The names of the loaded modules whose source is one of the files."""
    return tuple(name for name, path in project_modules(root).items() if path in files)


def affected_by(files: Collection[Path], root: Path, read: Read) -> Affected:
    """What an edit of these files, given by their real paths, concerns among what is loaded."""
    paths = project_modules(root)
    stale = {name for name, path in paths.items() if path in files}
    if not stale:
        return Affected()
    imports = {name: _imports_of(name, path, read) for name, path in paths.items()}
    reached = _closed(stale, {name: found.anywhere for name, found in imports.items()})
    stale = _closed(stale, {name: found.taken for name, found in imports.items()})
    edges = {name: imports[name].at_load & stale for name in paths if name in stale}
    return Affected(order=tuple(_dependencies_first(edges)), reached=frozenset(reached | stale))


def _closed(start: Collection[str], uses: Mapping[str, frozenset[str]]) -> set[str]:
    """With all that use one of them, and what uses these."""
    found = set(start)
    while more := {name for name, used in uses.items() if name not in found and used & found}:
        found |= more
    return found


def _dependencies_first(edges: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Every name after those that it leads to; in a circle, where it is entered first comes last."""
    seen: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name not in seen:
            seen.add(name)
            for other in sorted(edges[name]):
                yield from visit(other)
            yield name

    for name in edges:
        yield from visit(name)


def _imports_of(name: str, path: Path, read: Read) -> _Imports:
    """By the text alone; empty where that is no Python."""
    try:
        tree = ast.parse(read(path) or "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = ast.Module(body=[], type_ignores=[])
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    at_load = list(_run_at_load(tree.body))
    modules, taken, bound = _found_in(at_load, package)
    used = {node.id for node in at_load if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    taken |= {module for local, module in bound if local in used}
    anywhere, _, _ = _found_in(ast.walk(tree), package)
    return _Imports(at_load=frozenset(modules), taken=frozenset(taken), anywhere=frozenset(anywhere))


def _run_at_load(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes but the bodies of functions."""
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, _FUNCTIONS):
            stack += [*node.decorator_list, node.args, *filter(None, [node.returns])]
        elif isinstance(node, ast.Lambda):
            stack.append(node.args)
        else:
            stack += ast.iter_child_nodes(node)


def _found_in(nodes: Iterable[ast.AST], package: str) -> tuple[set[str], set[str], set[tuple[str, str]]]:
    """The modules imported; those out of which names are; and which local name leads to which module."""
    modules: set[str] = set()
    taken: set[str] = set()
    bound: set[tuple[str, str]] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                modules.add(alias.name)
                bound.add((alias.asname or alias.name.partition(".")[0], alias.name))
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, package)
            modules.add(source)
            for alias in node.names:
                member = f"{source}.{alias.name}"
                if member in sys.modules:
                    modules.add(member)
                    bound.add((alias.asname or alias.name, member))
                else:
                    taken.add(source)
    return modules, taken, bound


def _absolute(node: ast.ImportFrom, package: str) -> str:
    try:
        return importlib.util.resolve_name("." * node.level + (node.module or ""), package)
    except ImportError:  # it leads out of the package
        return node.module or ""

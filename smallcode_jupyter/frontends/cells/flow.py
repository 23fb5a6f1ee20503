"""Which names a cell makes and which it uses, by its syntax alone."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Names", "dependents", "followed_by", "imported_by", "names_of", "users_of"]

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_MAGIC_CALLS = ("run_line_magic", "run_cell_magic")
_RUNS_CODE = ("time", "timeit", "prun", "capture")
_BUILTIN = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Of one cell. All empty where it is no Python."""

    made: frozenset[str] = frozenset()
    """Bound at the top of the cell."""
    used: frozenset[str] = frozenset()
    """Read anywhere in it, also in functions; built-ins left out."""
    imported: frozenset[str] = frozenset()
    """Those of `made` and `used` that an import of the cell binds."""
    touched: frozenset[str] = frozenset()
    """Perhaps changed inside: `x += y`, their items or attributes are set, or a method is called for its effect."""


def names_of(shell: Any, code: str) -> Names:  # IPython is not typed
    """The names of a cell, its magics put into Python first."""
    try:
        tree = _with_magics(ast.parse(shell.transform_cell(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Names()
    used = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    touched = frozenset(_touched(tree))
    return Names(
        made=frozenset(_made(tree.body)),
        used=frozenset(used | touched) - _BUILTIN,
        imported=frozenset(_imported(tree)),
        touched=touched,
    )


def _with_magics(tree: ast.Module) -> ast.Module:
    """The cell with the code that `%time` and the like run put in their place."""
    for node in list(tree.body):
        value = node.value if isinstance(node, ast.Expr) else None
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            continue
        words = [part.value for part in value.args if isinstance(part, ast.Constant)]
        if value.func.attr in _MAGIC_CALLS and words and words[0] in _RUNS_CODE and type(words[-1]) is str:
            tree.body += ast.parse(words[-1]).body
    return tree


def _made(body: Iterable[ast.stmt]) -> Iterable[str]:
    for node in body:
        stack: list[ast.AST] = [node]
        while stack:
            part = stack.pop()
            if isinstance(part, _DEFINITIONS):
                yield part.name
            elif isinstance(part, ast.alias):
                yield (part.asname or part.name).partition(".")[0]
            elif isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
                yield part.id
            elif not isinstance(part, ast.Lambda):
                stack += ast.iter_child_nodes(part)


def _imported(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)


def _touched(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        owner: ast.AST | None = node.target if isinstance(node, ast.AugAssign) else None
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            owner = node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            owner = node.value.func if isinstance(node.value.func, ast.Attribute) else None
        while isinstance(owner, ast.Attribute | ast.Subscript):
            owner = owner.value
        if isinstance(owner, ast.Name):
            yield owner.id


def imported_by(shell: Any, code: str) -> dict[str, tuple[str, str]]:
    """The names that a cell binds by `from m import f as g`: `g` to `m` and `f`."""
    try:
        tree = _with_magics(ast.parse(shell.transform_cell(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for alias in node.names
    }


def dependents(shell: Any, first: str, later: Sequence[str]) -> tuple[int, ...]:
    """Which of the later cells, by their places, build on what the first one makes or touches, step by step."""
    names = names_of(shell, first)
    return users_of(shell, names.made | names.touched, later)


def users_of(shell: Any, start: Iterable[str], cells: Sequence[str]) -> tuple[int, ...]:
    """Which of the cells, by their places, use one of the names, or what such a cell makes or touches."""
    reached = set(start)
    found: list[int] = []
    for place, code in enumerate(cells):
        names = names_of(shell, code)
        if names.used & reached:
            found.append(place)
            reached |= (names.made | names.touched) - names.imported
    return tuple(found)


def followed_by(code: str, cells: Sequence[str]) -> str:
    """Code that runs the first cell as it stands and then the others, each by itself; the first error ends it."""
    if not cells:
        return code
    if code.lstrip().startswith("%%"):
        code, cells = "", (code, *cells)
    runs = (f"get_ipython().run_cell({cell!r}, store_history=False).raise_error()" for cell in cells)
    return "\n".join([code.rstrip("\n"), *runs])

"""What the cells of a notebook assert of functions and classes that a changed cell defines."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from smallcode_jupyter.checks.extract import Group, assertion_step
from smallcode_jupyter.checks.syntax import mask_magics
from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.workspace.notebooks import parse_notebook

__all__ = ["notebook_assertions"]


def notebook_assertions(notebooks: Iterable[str], code: str) -> tuple[Group, ...]:
    """The assertions of the only notebook that has any about what the code defines, each a group.

    Only those that need nothing else: what other variables hold when the cell runs is not known here.
    """
    names = _defined(code)
    found = [groups for text in notebooks if names and (groups := _assertions(text, names))]
    return found[0] if len(found) == 1 else ()


def _defined(code: str) -> frozenset[str]:
    return frozenset(
        node.name
        for node in _parse(code)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )


def _parse(code: str) -> list[ast.stmt]:
    try:
        return ast.parse(mask_magics(code)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _assertions(text: str, names: frozenset[str]) -> tuple[Group, ...]:
    try:
        notebook = parse_notebook(text)
    except WorkspaceError:
        return ()
    groups: dict[Group, None] = {}
    for cell in notebook.cells if notebook.language == "python" else ():
        for node in _parse(cell.source) if cell.type == "code" else ():
            step = assertion_step(ast.unparse(node), names) if isinstance(node, ast.Assert) else None
            if step is not None:
                groups[Group(steps=(step,), origin="")] = None
    return tuple(groups)

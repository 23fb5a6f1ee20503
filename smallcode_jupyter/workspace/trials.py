"""Statements at the end of a Python answer that only try out its code."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from smallcode_jupyter.workspace.definitions import DEFINITIONS, GUARD, name_of
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.splice import loose_of

__all__ = ["left_out", "tried_out"]

_SHOWS = frozenset({"print", "pprint", "display", "unittest.main", "doctest.testmod", "pytest.main"})
_SHOWN = 60


def tried_out(old: ast.Module, new: ast.Module) -> list[ast.stmt]:
    """The statements of the new module that print or assert, and the values only they use.

    None where the old one has no definitions, or statements that run: then they may be what it is for.
    """
    names = {name_of(node) for node in old.body}
    if loose_of(old) or GUARD in names or not any(isinstance(node, DEFINITIONS) for node in old.body):
        return []
    gone = [node for node in new.body if _is_trial(node)]
    while True:
        rest = [node for node in new.body if node not in gone]
        more = [
            node
            for node in rest
            if isinstance(node, ast.Assign | ast.AnnAssign)
            and (bound := set(name_of(node).split(", "))).isdisjoint({*names, ""})
            and bound & _loaded(gone)
            and not bound & _loaded(other for other in rest if other is not node)
        ]
        if not more:
            return gone
        gone += more


def left_out(node: ast.stmt) -> Mend:
    """What is said about a statement that is not taken over."""
    text = ast.unparse(node).partition("\n")[0]
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
    is_trial = _is_trial(node) or isinstance(node, ast.Assign | ast.AnnAssign)
    return Mend(name="dropped-demonstration" if is_trial else "left-out", detail=shown)


def _is_trial(node: ast.stmt) -> bool:
    """Whether running the statement shows or asserts something."""
    if isinstance(node, DEFINITIONS):
        return False
    stack: list[ast.AST] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, ast.Assert) or (isinstance(part, ast.Call) and ast.unparse(part.func) in _SHOWS):
            return True
        if not isinstance(part, (*DEFINITIONS, ast.Lambda)):
            stack += ast.iter_child_nodes(part)
    return False


def _loaded(nodes: Iterable[ast.AST]) -> set[str]:
    return {
        part.id
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }

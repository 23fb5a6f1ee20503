"""Renaming a parameter of a Python function or method: in its body, in those that override it, and in calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from smallcode_jupyter.index.renaming.calls import Callee, calls_of
from smallcode_jupyter.index.renaming.edits import Renames
from smallcode_jupyter.index.renaming.files import Project, PythonFile, refused

__all__ = ["parameters_of", "rename_parameter"]

_HARMLESS = frozenset(
    {
        "staticmethod",
        "classmethod",
        "abstractmethod",
        "cache",
        "lru_cache",
        "override",
        "contextmanager",
        "final",
    }
)
"""Decorators that do not care what parameters are called."""


def rename_parameter(project: Project, callee: Callee, old: str, new: str) -> list[Renames]:
    """The changes of every file. Raises WorkspaceError where a place cannot be proved."""
    changes: dict[str, Renames] = {}

    def change(file: PythonFile, node: ast.AST) -> None:
        changes.setdefault(file.path, Renames(file, old, new)).add(node)

    for file, function in callee.functions:
        if old in {one.arg for one in parameters_of(function)}:
            refuse_decorators(file, function, old)
            for node in _inside(file, function, old, new):
                change(file, node)
    for call in calls_of(project, callee):
        if any(keyword.arg is None for keyword in call.node.keywords):
            raise refused(old, f"{call.file.at(call.node)}: it is called with `**`, whose keys are not seen.")
        for keyword in call.node.keywords:
            if keyword.arg == old:
                change(call.file, keyword)
    return list(changes.values())


def parameters_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    """All that can be given by name, in order."""
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def refuse_decorators(file: PythonFile, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> None:
    """Raise WorkspaceError where something else may look at a function's parameters."""
    for mark in function.decorator_list:
        plain = mark.func if isinstance(mark, ast.Call) else mark
        last = (
            plain.attr
            if isinstance(plain, ast.Attribute)
            else plain.id
            if isinstance(plain, ast.Name)
            else ""
        )
        if last not in _HARMLESS:
            raise refused(
                name, f"{file.at(mark)}: the decorator {ast.unparse(plain)} may look at the parameters."
            )
    if function.name.startswith("test_") and file.row.is_test:
        raise refused(name, f"{file.at(function)}: parameters of tests are names of fixtures.")


def _inside(
    file: PythonFile, function: ast.FunctionDef | ast.AsyncFunctionDef, old: str, new: str
) -> Iterator[ast.AST]:
    inner = {id(node) for node in ast.walk(function)}
    for one in file.scopes.named(new):
        if id(one.node) in inner:
            raise refused(old, f"{file.at(one.node)}: there is a name `{new}` in the function already.")
    for one in file.scopes.named(old):
        home = one.scope.home(old)
        if home is not None and home.node is function:
            yield one.node

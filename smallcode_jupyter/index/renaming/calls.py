"""All calls of one Python function, or of a method and those that override it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from smallcode_jupyter.index.renaming.files import Project, PythonFile
from smallcode_jupyter.index.renaming.members import Family, Member, defining, family_of
from smallcode_jupyter.index.renaming.types import ClassRef, Types

__all__ = ["CallSite", "Callee", "callee_of", "calls_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Callee:
    """What is called."""

    name: str
    """The name under which it is called: of a class for its `__init__`."""
    functions: tuple[tuple[PythonFile, Function], ...]
    """The function; of a method also those that override it."""
    types: Types
    family: Family | None
    """None for a function at the top of a module."""
    is_constructor: bool = False

    @property
    def has_receiver(self) -> bool:
        """Whether the first parameter is the object or class that it is called on."""
        marks = self.functions[0][1].decorator_list
        is_static = any(isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in marks)
        return self.family is not None and not is_static


@dataclass(frozen=True, slots=True)
class CallSite:
    """One call."""

    file: PythonFile
    node: ast.Call
    is_bound: bool
    """Whether the receiver is not among the arguments."""


def callee_of(project: Project, types: Types, file: PythonFile, function: Function) -> Callee:
    """Everything that is meant with a function. Raises WorkspaceError where that cannot be told."""
    parent = file.parents[function]
    if not isinstance(parent, ast.ClassDef):
        return Callee(name=function.name, functions=((file, function),), types=types, family=None)
    family = family_of(project, types, ClassRef(file, parent), function.name)
    if function.name == "__init__":
        return Callee(
            name=parent.name, functions=((file, function),), types=types, family=family, is_constructor=True
        )
    found = tuple(
        (one.file, node)
        for one in family.members
        for node in defining(one.node, function.name)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    return Callee(name=function.name, functions=found, types=types, family=family)


def calls_of(project: Project, callee: Callee) -> Iterator[CallSite]:
    """Every call. Raises WorkspaceError where one cannot be proved to be, or not to be, one."""
    for file in project.using(callee.name):
        member = Member(project, callee.family, file, callee.name) if callee.family is not None else None
        for node in ast.walk(file.tree):
            if not isinstance(node, ast.Call):
                continue
            if callee.is_constructor:
                yield from _made(callee, file, node)
            elif member is None:
                yield from _called(callee, file, node)
            elif _is_method_call(node.func, callee.name) and member.is_meant(node.func.value):
                known = callee.types.of(file, node.func.value)
                yield CallSite(file, node, known is None or known.kind != "class")
    if callee.is_constructor:
        yield from _super_calls(project, callee)


def _is_method_call(function: ast.expr, name: str) -> TypeGuard[ast.Attribute]:
    return isinstance(function, ast.Attribute) and function.attr == name


def _called(callee: Callee, file: PythonFile, node: ast.Call) -> Iterator[CallSite]:
    found = callee.types.definition(file, node.func)
    if found is not None and found[1] is callee.functions[0][1]:
        yield CallSite(file, node, False)


def _made(callee: Callee, file: PythonFile, node: ast.Call) -> Iterator[CallSite]:
    assert callee.family is not None
    known = callee.types.of(file, node.func)
    owner = known.owner if known is not None and known.kind == "class" else None
    if owner is not None and _init_of(callee.types, owner) is callee.functions[0][1]:
        yield CallSite(file, node, True)


def _init_of(types: Types, owner: ClassRef) -> ast.AST | None:
    """The `__init__` that making this class calls."""
    for one in types.ancestors(owner):
        for node in one.node.body:
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                return node
    return None


def _super_calls(project: Project, callee: Callee) -> Iterator[CallSite]:
    """`super().__init__(...)` in classes that extend this one."""
    for file in project.using("__init__"):
        for node in ast.walk(file.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super")))):
                    owner = _class_around(file, node)
                    above = callee.types.ancestors(owner)[1:] if owner is not None else []
                    if above and _init_of(callee.types, above[0]) is callee.functions[0][1]:
                        yield CallSite(file, node, True)


def _class_around(file: PythonFile, node: ast.AST) -> ClassRef | None:
    at: ast.AST | None = node
    while at is not None and not isinstance(at, ast.ClassDef):
        at = file.parents.get(at)
    return ClassRef(file, at) if isinstance(at, ast.ClassDef) else None

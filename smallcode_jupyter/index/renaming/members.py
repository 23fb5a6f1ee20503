"""Renaming a method or an attribute of a Python class, with those that override it."""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import sys
import types
from collections.abc import Iterator
from functools import cache

from smallcode_jupyter.index.renaming.edits import Renames
from smallcode_jupyter.index.renaming.files import Project, PythonFile, refused
from smallcode_jupyter.index.renaming.types import ClassRef, Known, Types

__all__ = ["Family", "Member", "builtin_members", "defining", "family_of", "rename_member"]

_HARMLESS = frozenset({"ABC", "abc.ABC", "Protocol", "typing.Protocol", "Generic", "typing.Generic"})
_TUPLES = frozenset({"NamedTuple", "typing.NamedTuple"})
_RECORDS = frozenset({"dataclass", "define", "frozen", "mutable", "attrs", "s"})
_COPIES = frozenset({"replace", "_replace", "evolve", "model_copy"})
_BY_TEXT = frozenset({"getattr", "setattr", "hasattr", "delattr"})
_GETTERS = frozenset({"attrgetter", "methodcaller"})
_TO_DATA = frozenset({"asdict", "_asdict", "vars", "model_dump", "dict"})
_UNSAFE_TO_IMPORT = frozenset(
    {"antigravity", "this", "turtle", "tkinter", "idlelib", "__main__", "test", "lib2to3"}
)
_KNOWN_TOOLS = frozenset({"pytest"})
"""Packages from elsewhere whose objects have no members of a project's making."""


class Family:
    """The classes that have a member in common because one extends the other."""

    def __init__(self, types: Types, name: str, members: list[ClassRef], others: list[ClassRef]) -> None:
        self.types = types
        self.name = name
        self.members = members
        """Those that define it."""
        self.others = others
        """Classes that define a member of the same name and have nothing to do with these."""

    def has(self, owner: ClassRef) -> bool:
        """Whether the member of this class, or of what it extends, is the one in question."""
        for one in self.types.ancestors(owner):
            if one in self.members:
                return True
            if one in self.others:
                return False
        return False

    def is_above(self, owner: ClassRef) -> bool:
        """Whether a class of the family extends this one: its value may be of the family."""
        return any(owner in self.types.ancestors(one) for one in self.members)


def family_of(project: Project, types: Types, owner: ClassRef, name: str) -> Family:
    """The family of a class's member. Raises WorkspaceError where a class from elsewhere may define it, too."""
    definers = [
        ClassRef(file, node)
        for file in project.using(name)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef) and any(defining(node, name))
    ]
    members = [owner]
    for one in members:
        members += [
            other
            for other in definers
            if other not in members and (one in types.ancestors(other) or other in types.ancestors(one))
        ]
    for one in members:
        for base in (base for ancestor in types.ancestors(one) for base in types.bases(ancestor)):
            _refuse_base(project, base, name)
    others = [one for one in definers if one not in members]
    for one in (*members, *others) if others else ():
        if any(isinstance(base, str) and base.rpartition(".")[2] == "Protocol" for base in types.bases(one)):
            why = (
                f"{one.file.at(one.node)}: {one.node.name} is a protocol; classes fulfil it by their members."
            )
            raise refused(project.name, why)
    return Family(types, name, members, others)


def _refuse_base(project: Project, base: ClassRef | str, name: str) -> None:
    if isinstance(base, ClassRef) or base in _HARMLESS:
        return
    known: object = tuple if base in _TUPLES else getattr(builtins, base, None)
    if base.rpartition(".")[2].endswith("Enum"):
        known = type("_", (), {"name": 0, "value": 0})
    if known is None or base == "TypedDict" or hasattr(known, name):
        raise refused(
            project.name, f"It belongs to a class that extends {base}, which may have a `{name}` of its own."
        )


def defining(owner: ast.ClassDef, name: str) -> Iterator[ast.AST]:
    """The places in a class that make the member: in its body, or on the first parameter of a method."""
    for part in owner.body:
        match part:
            case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found) | ast.ClassDef(name=found):
                if found == name:
                    yield part
                if not isinstance(part, ast.ClassDef):
                    yield from _stored(part, name)
            case ast.Assign(targets=targets):
                yield from (one for one in targets if isinstance(one, ast.Name) and one.id == name)
            case ast.AnnAssign(target=ast.Name(id=found)) if found == name:
                yield part.target


def _stored(method: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[ast.AST]:
    first = next((one.arg for one in [*method.args.posonlyargs, *method.args.args]), "")
    for node in ast.walk(method):
        match node:
            case ast.Attribute(attr=found, value=ast.Name(id=receiver), ctx=ast.Store()):
                if found == name and receiver == first:
                    yield node


def rename_member(project: Project, types: Types, owner: ClassRef, old: str, new: str) -> list[Renames]:
    """The changes of every file. Raises WorkspaceError where a place cannot be proved."""
    family = family_of(project, types, owner, old)
    for one in project.using(new):
        for node in ast.walk(one.tree):
            if isinstance(node, ast.ClassDef) and any(defining(node, new)):
                found = ClassRef(one, node)
                if family.has(found) or family.is_above(found):
                    raise refused(old, f"{one.at(node)}: `{node.name}` already has a `{new}`.")
    changes = [Member(project, family, file, new) for file in project.using(old)]
    for change in changes:
        change.look()
    _refuse_data(project, family)
    _refuse_computed(project, family)
    return [change.renames for change in changes if change.renames.nodes]


class Member:
    """Where the member of a family stands in one file."""

    def __init__(self, project: Project, family: Family, file: PythonFile, new: str) -> None:
        self.project, self.family, self.file = project, family, file
        self.name = family.name
        self.renames = Renames(file, family.name, new)

    def look(self) -> None:
        """Note all places. Raises WorkspaceError where one cannot be proved."""
        for node in ast.walk(self.file.tree):
            match node:
                case ast.Attribute(attr=attr) if attr == self.name:
                    if self.is_meant(node.value):
                        self.renames.add(node)
                case ast.ClassDef() if ClassRef(self.file, node) in self.family.members:
                    self._class(node)
                case ast.Call():
                    self._call(node)
                case ast.MatchClass(kwd_attrs=names) if self.name in names:
                    if self._is_class(node.cls):
                        self.renames.add(node)

    def _class(self, node: ast.ClassDef) -> None:
        for one in self.file.scopes.named(self.name):
            home = one.scope.home(self.name)
            if home is not None and home.node is node:
                self.renames.add(one.node)
        for part in node.body:
            is_listed = isinstance(part, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id in ("__slots__", "__match_args__")
                for target in part.targets
            )
            for inner in ast.walk(part) if is_listed else ():
                if isinstance(inner, ast.Constant) and inner.value == self.name:
                    self.renames.add(inner)

    def is_meant(self, receiver: ast.expr) -> bool:
        """Whether the member of this value is the one in question. Raises WorkspaceError where that is not sure."""
        if self.project.module_of(self.file, receiver) is not None or self.project.is_imported(
            self.file, receiver
        ):
            return False
        if (
            isinstance(receiver, ast.Call)
            and isinstance(receiver.func, ast.Name)
            and receiver.func.id == "super"
        ):
            inside = self._class_around(receiver)
            return inside is not None and any(
                self.family.has(one) for one in self.family.types.ancestors(inside)[1:]
            )
        known = self.family.types.of(self.file, receiver)
        if known is not None:
            return self._is_of_family(known, receiver)
        self._refuse_doubt(receiver)
        return True

    def _is_of_family(self, known: Known, receiver: ast.expr) -> bool:
        if known.owner is None or known.kind in ("items", "mapping"):
            return False
        if not self.family.has(known.owner) and self.family.is_above(known.owner):
            raise refused(
                self.name,
                f"{self.file.at(receiver)}: a {known.owner.node.name} may be one that has it or not.",
            )
        return self.family.has(known.owner)

    def _class_around(self, node: ast.AST) -> ClassRef | None:
        at: ast.AST | None = node
        while at is not None and not isinstance(at, ast.ClassDef):
            at = self.file.parents.get(at)
        return ClassRef(self.file, at) if isinstance(at, ast.ClassDef) else None

    def _refuse_doubt(self, receiver: ast.expr) -> None:
        """Where it is not known what a value is, the name alone must tell. Raises WorkspaceError where it does not."""
        place = f"{self.file.at(receiver)}: what `{ast.unparse(receiver)[:40]}` is cannot be told"
        if self.family.others:
            other = self.family.others[0]
            raise refused(self.name, f"{place}, and {other.node.name} has a `{self.name}`, too.")
        if self.name in builtin_members():
            raise refused(self.name, f"{place}, and objects of Python itself have a `{self.name}`.")
        for module in sorted(_outer_modules(self.project, self.file)):
            if module not in sys.stdlib_module_names and module not in _KNOWN_TOOLS:
                raise refused(self.name, f"{place}, and it may come from {module}.")
            if self.name in _members_of(module):
                raise refused(self.name, f"{place}, and objects of {module} have a `{self.name}`.")

    def _is_class(self, node: ast.expr) -> bool:
        found = self.family.types.definition(self.file, node)
        if found is not None:
            return isinstance(found[1], ast.ClassDef) and self.family.has(ClassRef(found[0], found[1]))
        known = self.family.types.of(self.file, node)
        return known is not None and known.kind == "class" and self._is_of_family(known, node)

    def _call(self, node: ast.Call) -> None:
        called = _last(node.func)
        for text in (one for one in node.args if _is_text(one, self.name)):
            if called in _GETTERS:
                self._refuse_doubt(node)
                self.renames.add(text)
            elif called in _BY_TEXT and text is not node.args[0] and self.is_meant(node.args[0]):
                self.renames.add(text)
        for keyword in node.keywords:
            if keyword.arg == self.name and self._is_record_keyword(node, called):
                self.renames.add(keyword)

    def _is_record_keyword(self, node: ast.Call, called: str) -> bool:
        if called in _COPIES:
            given = node.func.value if isinstance(node.func, ast.Attribute) and called != "replace" else None
            first = given or next(iter(node.args), None)
            return first is not None and self.is_meant(first)
        return self._is_class(node.func) and any(
            _is_record(self.family.types, one) for one in self.family.members
        )


def _is_record(types: Types, owner: ClassRef) -> bool:
    """Whether the class's fields are the parameters with which it is made."""
    is_marked = any(
        _last(mark) in _RECORDS for one in types.ancestors(owner) for mark in one.node.decorator_list
    )
    return is_marked or any(base in _TUPLES for base in types.bases(owner))


def _refuse_data(project: Project, family: Family) -> None:
    """A field of a record whose names become data, or that is made from data, cannot be renamed unseen."""
    records = [one for one in family.members if _is_record(family.types, one)]
    is_field = any(isinstance(node, ast.Name) for one in records for node in defining(one.node, family.name))
    names = {*_TO_DATA, "__dict__", *(one.node.name for one in records)}
    files = {file.path: file for name in sorted(names) for file in project.using(name)} if is_field else {}
    for file in files.values():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call):
                _refuse_call(file, family, node, records)
            elif isinstance(node, ast.Attribute) and node.attr == "__dict__":
                _refuse_value(file, family, node, node.value, "__dict__")


def _refuse_computed(project: Project, family: Family) -> None:
    """Raise WorkspaceError where the name may be put together: surely of a value of the family, perhaps of another."""
    using = project.using(family.name)
    texts = [(file, node) for file in using for node in ast.walk(file.tree) if isinstance(node, ast.Constant)]
    in_format = re.compile(rf"\{{[^{{}}]*\.{re.escape(family.name)}(?!\w)")
    for file, node in texts:
        if isinstance(node.value, str) and in_format.search(node.value):
            raise refused(family.name, f"{file.at(node)} names it in a text that is filled in.")
    is_text = any(node.value == family.name for _, node in texts)
    for name in sorted(_BY_TEXT | _GETTERS):
        for file in project.using(name):
            calls = (call for call in ast.walk(file.tree) if isinstance(call, ast.Call))
            for call in calls:
                if _last(call.func) == name and _is_doubtful(family, file, call, is_text):
                    why = f"{file.at(call)}: {name} asks for a member whose name is worked out."
                    raise refused(family.name, why)


def _is_doubtful(family: Family, file: PythonFile, node: ast.Call, is_text: bool) -> bool:
    """Whether a call may ask for the member by a name that is no text of its own."""
    is_getter = _last(node.func) in _GETTERS
    asked = node.args if is_getter else node.args[1:2]
    if all(isinstance(one, ast.Constant) for one in asked):
        return False
    known = None if is_getter else family.types.of(file, node.args[0])
    return (
        family.has(known.owner)
        if known is not None and known.owner is not None
        else known is None and is_text
    )


def _refuse_call(file: PythonFile, family: Family, node: ast.Call, records: list[ClassRef]) -> None:
    called = _last(node.func)
    if called in ("asdict", "vars") and node.args:
        _refuse_value(file, family, node, node.args[0], called)
    elif called in ("_asdict", "model_dump") and isinstance(node.func, ast.Attribute):
        _refuse_value(file, family, node, node.func.value, called)
    found = family.types.definition(file, node.func)
    is_made = found is not None and any(found[1] is one.node for one in records)
    if is_made and any(keyword.arg is None for keyword in node.keywords):
        raise refused(
            family.name, f"{file.at(node)}: {called} is made from data with `**`, whose keys are not seen."
        )


def _refuse_value(file: PythonFile, family: Family, node: ast.AST, value: ast.expr, how: str) -> None:
    known = family.types.of(file, value)
    if known is None or (known.owner is not None and family.has(known.owner)):
        raise refused(family.name, f"{file.at(node)}: {how} turns the names of fields into data.")


def _outer_modules(project: Project, file: PythonFile) -> set[str]:
    """What a file imports from outside of the workspace, by the first part of the name."""
    found: set[str] = set()
    for node in ast.walk(file.tree):
        if isinstance(node, ast.alias) and project.imported(file, node) is None:
            statement = file.parents[node]
            name = node.name if isinstance(statement, ast.Import) else getattr(statement, "module", "") or ""
            found.add(name.partition(".")[0])
    return found - {"__future__", "typing", "dataclasses", "", "abc"}


@cache
def builtin_members() -> frozenset[str]:
    """What objects of Python's own types have."""
    kinds = [one for one in vars(builtins).values() if isinstance(one, type)]
    kinds += [one for one in vars(types).values() if isinstance(one, type)]
    return frozenset(name for kind in kinds for name in dir(kind))


@cache
def _members_of(module: str) -> frozenset[str]:
    """What objects of a standard module's classes have."""
    if module in _UNSAFE_TO_IMPORT:
        return frozenset()
    try:
        loaded = importlib.import_module(module)
    except ImportError:
        return frozenset()
    kinds = [one for one in vars(loaded).values() if isinstance(one, type)]
    return frozenset(name for kind in kinds for name in dir(kind))


def _is_text(node: ast.expr, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def _last(node: ast.expr) -> str:
    """The last name of what is called or marked with."""
    if isinstance(node, ast.Call):
        return _last(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""

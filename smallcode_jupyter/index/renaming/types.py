"""Of which class of the workspace an expression's value is, where annotations and assignments tell without doubt."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.index.renaming.files import Project, PythonFile

__all__ = ["ClassRef", "Definition", "Known", "Types"]

_DEEPEST = 12
_PLAIN = frozenset({"int", "str", "float", "bool", "bytes", "complex", "object", "bytearray"})
_ITERABLES = frozenset(
    {
        "list",
        "tuple",
        "set",
        "frozenset",
        "List",
        "Tuple",
        "Set",
        "Sequence",
        "Iterable",
        "Iterator",
        "Collection",
    }
    | {"deque", "MutableSequence", "FrozenSet", "Generator", "AsyncIterator"}
)
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict"})
_SAME_ITEMS = frozenset({"sorted", "list", "tuple", "reversed", "set", "frozenset"})


@dataclass(frozen=True, slots=True)
class ClassRef:
    """A class of the workspace."""

    file: PythonFile
    node: ast.ClassDef

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClassRef) and self.node is other.node


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a value."""

    kind: Literal["instance", "class", "items", "mapping", "other"]
    """`items`: a collection of instances; `mapping`: one whose values are instances; `other`: of no class here."""
    owner: ClassRef | None = None


_OTHER = Known("other")
Definition = tuple[PythonFile, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]


class Types:
    """Answers for the files of one project; None wherever there is a doubt."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._depth = 0

    def of(self, file: PythonFile, node: ast.expr | None) -> Known | None:
        """What an expression's value is."""
        if node is None or self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return self._of(file, node)
        finally:
            self._depth -= 1

    def definition(self, file: PythonFile, node: ast.expr) -> Definition | None:
        """The one function or class at the top of a module that a name, or `module.name`, means."""
        if isinstance(node, ast.Attribute):
            module = self._project.module_of(file, node.value)
            return self._top(module, node.attr) if module is not None else None
        if not isinstance(node, ast.Name):
            return None
        scope = file.scopes.by_node.get(node)
        home = scope.home(node.id) if scope is not None else None
        found = [one.node for one in self._project.bindings(file, home, node.id)]
        return self._defined(file, found)

    def bases(self, owner: ClassRef) -> list[ClassRef | str]:
        """What a class extends: a class of the workspace, or the name of another."""
        found: list[ClassRef | str] = []
        for base in owner.node.bases:
            plain = base.value if isinstance(base, ast.Subscript) else base
            defined = self.definition(owner.file, plain)
            if defined is not None and isinstance(defined[1], ast.ClassDef):
                found.append(ClassRef(defined[0], defined[1]))
            else:
                found.append(ast.unparse(plain))
        return found

    def ancestors(self, owner: ClassRef) -> list[ClassRef]:
        """The class and the classes of the workspace that it extends, nearest first."""
        found = [owner]
        for one in found:
            found += [base for base in self.bases(one) if isinstance(base, ClassRef) and base not in found]
        return found

    def _top(self, file: PythonFile, name: str, steps: int = 5) -> Definition | None:
        bound = self._project.bindings(file, file.scopes.module, name)
        return self._defined(file, [one.node for one in bound], steps)

    def _defined(self, file: PythonFile, nodes: list[ast.AST], steps: int = 5) -> Definition | None:
        if len(nodes) != 1 or not steps:
            return None
        node = nodes[0]
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return file, node
        if isinstance(node, ast.alias):
            found = self._project.imported(file, node)
            return self._top(found.file, found.name, steps - 1) if found is not None and found.name else None
        return None

    def annotation(self, file: PythonFile, node: ast.expr | None) -> Known | None:
        """What a value with this annotation is."""
        match node:
            case ast.Constant(value=str(text)):
                try:
                    inner = ast.parse(text, mode="eval").body
                except SyntaxError:
                    return None
                return self._by_name(file, inner) if isinstance(inner, ast.Name) else None
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                sides = [one for one in (left, right) if not _is_none(one)]
                found = {self.annotation(file, one) for one in sides}
                return found.pop() if len(found) == 1 else None
            case ast.Subscript(value=base, slice=inner):
                return self._generic(file, _last(base), inner)
            case ast.Name(id=name) if name in _PLAIN:
                return _OTHER
            case ast.Name() | ast.Attribute():
                defined = self.definition(file, node)
                if defined is not None and isinstance(defined[1], ast.ClassDef):
                    return Known("instance", ClassRef(defined[0], defined[1]))
        return None

    def _by_name(self, file: PythonFile, node: ast.Name) -> Known | None:
        found = self._top(file, node.id)
        if found is None or not isinstance(found[1], ast.ClassDef):
            return None
        return Known("instance", ClassRef(found[0], found[1]))

    def _generic(self, file: PythonFile, base: str, inner: ast.expr) -> Known | None:
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if base in ("Optional", "Annotated", "Final", "ClassVar", "type", "Type"):
            found = self.annotation(file, parts[0])
            is_class = base in ("type", "Type") and found is not None and found.kind == "instance"
            return Known("class", found.owner) if is_class and found is not None else found
        if base not in _ITERABLES | _MAPPINGS:
            return None
        found = self.annotation(file, parts[-1] if base in _MAPPINGS else parts[0])
        if found is None:
            return None
        if found.kind != "instance":
            return _OTHER if found.kind == "other" else None
        return Known("mapping" if base in _MAPPINGS else "items", found.owner)

    def _of(self, file: PythonFile, node: ast.expr) -> Known | None:
        match node:
            case ast.Name():
                return self._name(file, node)
            case ast.Call():
                return self._call(file, node)
            case ast.Attribute(value=value, attr=attr):
                owner = self.of(file, value)
                if owner is not None and owner.kind in ("instance", "class") and owner.owner is not None:
                    return self._member(owner.owner, attr)
            case ast.Subscript(value=value, slice=index):
                owner = self.of(file, value)
                if owner is not None and owner.kind in ("items", "mapping"):
                    is_part = isinstance(index, ast.Slice)
                    return owner if is_part else Known("instance", owner.owner)
            case ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.of(file, value)
            case ast.IfExp(body=body, orelse=other):
                return self._same(file, [body, other])
            case ast.BoolOp(values=values):
                return self._same(file, values)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                inner = self._same(file, parts) if parts else None
                return Known("items", inner.owner) if inner and inner.kind == "instance" else None
            case ast.Constant() | ast.JoinedStr():
                return _OTHER
        return None

    def _same(self, file: PythonFile, nodes: list[ast.expr]) -> Known | None:
        found = {self.of(file, node) for node in nodes if not _is_none(node)}
        return found.pop() if len(found) == 1 else None

    def _name(self, file: PythonFile, node: ast.Name) -> Known | None:
        scope = file.scopes.by_node.get(node)
        home = scope.home(node.id) if scope is not None else None
        bound = self._project.bindings(file, home, node.id)
        found = {self._bound(file, one.node) for one in bound}
        return found.pop() if len(found) == 1 else None

    def _bound(self, file: PythonFile, node: ast.AST) -> Known | None:
        """What is bound to a name in one place."""
        parent = file.parents.get(node)
        match node:
            case ast.ClassDef():
                return Known("class", ClassRef(file, node))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return _OTHER
            case ast.alias():
                found = self._defined(file, [node])
                return self._bound(found[0], found[1]) if found is not None else None
            case ast.arg(annotation=hint):
                return self._receiver(file, node) or self.annotation(file, hint)
        match parent:
            case ast.Assign(targets=[_], value=value) | ast.NamedExpr(value=value):
                return self.of(file, value)
            case ast.AnnAssign(annotation=hint):
                return self.annotation(file, hint)
            case ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values) if (
                target is node
            ):
                found_items = self.of(file, values)
                is_items = found_items is not None and found_items.kind == "items"
                return Known("instance", found_items.owner) if is_items and found_items is not None else None
        return None

    def _receiver(self, file: PythonFile, node: ast.arg) -> Known | None:
        """The class or instance that a method gets first; None for other parameters."""
        arguments = file.parents[node]
        function = file.parents.get(arguments)
        owner = file.parents.get(function) if function is not None else None
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not isinstance(
            owner, ast.ClassDef
        ):
            return None
        marks = {_last(one) for one in function.decorator_list}
        first = next(iter([*function.args.posonlyargs, *function.args.args]), None)
        if node is not first or "staticmethod" in marks:
            return None
        is_class = "classmethod" in marks or function.name in ("__new__", "__init_subclass__")
        return Known("class" if is_class else "instance", ClassRef(file, owner))

    def _call(self, file: PythonFile, node: ast.Call) -> Known | None:
        defined = self.definition(file, node.func)
        if defined is not None:
            where, what = defined
            if isinstance(what, ast.ClassDef):
                return Known("instance", ClassRef(where, what))
            return self.annotation(where, what.returns)
        if isinstance(node.func, ast.Attribute):
            return self._method(file, node.func)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.args and (name in _SAME_ITEMS or name == "replace"):
            return self.of(file, node.args[0])
        if node.args and name in ("next", "min", "max") and len(node.args) == 1:
            found = self.of(file, node.args[0])
            return Known("instance", found.owner) if found is not None and found.kind == "items" else None
        found = self.of(file, node.func)
        return Known("instance", found.owner) if found is not None and found.kind == "class" else None

    def _method(self, file: PythonFile, function: ast.Attribute) -> Known | None:
        owner = self.of(file, function.value)
        if owner is None or owner.owner is None:
            return None
        if owner.kind == "mapping":
            kinds: dict[str, Known] = {
                "values": Known("items", owner.owner),
                **dict.fromkeys(("get", "pop", "setdefault"), Known("instance", owner.owner)),
            }
            return kinds.get(function.attr)
        if owner.kind == "items":
            return Known("instance", owner.owner) if function.attr in ("pop", "popleft") else None
        for one in self.ancestors(owner.owner):
            for part in one.node.body:
                if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) and part.name == function.attr:
                    return self.annotation(one.file, part.returns)
        return None

    def _member(self, owner: ClassRef, name: str) -> Known | None:
        """What an attribute of a class holds: by its annotation, a property's, or what `__init__` gives it."""
        for one in self.ancestors(owner):
            for part in one.node.body:
                match part:
                    case ast.AnnAssign(target=ast.Name(id=found)) if found == name:
                        return self.annotation(one.file, part.annotation)
                    case ast.FunctionDef(name=found) if found == name:
                        is_property = any(_last(mark) == "property" for mark in part.decorator_list)
                        return self.annotation(one.file, part.returns) if is_property else _OTHER
            given = list(_given(one.node, name))
            if given:
                found_types = {
                    self.annotation(one.file, hint) if hint is not None else self.of(one.file, value)
                    for hint, value in given
                }
                return found_types.pop() if len(found_types) == 1 else None
        return None


def _given(owner: ast.ClassDef, name: str) -> Iterator[tuple[ast.expr | None, ast.expr | None]]:
    """The annotations and values that methods assign to an attribute of their first parameter."""
    for method in owner.body:
        if not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(method):
            match node:
                case ast.Assign(targets=[ast.Attribute(attr=found, value=ast.Name(id="self"))]) if (
                    found == name
                ):
                    yield None, node.value
                case ast.AnnAssign(target=ast.Attribute(attr=found, value=ast.Name(id="self"))) if (
                    found == name
                ):
                    yield node.annotation, node.value


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""

"""Which binding each name of a Python file refers to, by the language's own rules."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["Occurrence", "Scope", "Scopes", "scopes_of"]


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(eq=False, slots=True)
class Scope:
    """A module, class, function or comprehension."""

    node: ast.AST
    parent: Scope | None
    bound: set[str] = field(default_factory=set)
    at_module: set[str] = field(default_factory=set)
    """Named in `global`."""
    outer: set[str] = field(default_factory=set)
    """Named in `nonlocal`."""

    @property
    def is_class(self) -> bool:
        return isinstance(self.node, ast.ClassDef)

    def module(self) -> Scope:
        """The outermost scope."""
        return self if self.parent is None else self.parent.module()

    def home(self, name: str) -> Scope | None:
        """The scope that binds what the name means here; None for a builtin, or a name that nothing binds."""
        if name in self.at_module:
            return self.module()
        if name in self.bound and name not in self.outer:
            return self
        at = self.parent
        while at is not None:
            if not at.is_class and (name in at.at_module or (name in at.bound and name not in at.outer)):
                return at.module() if name in at.at_module else at
            at = at.parent
        return None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a name stands by itself: not behind a dot, and no keyword of a call."""

    name: str
    node: ast.AST
    scope: Scope
    is_binding: bool


@dataclass(frozen=True, slots=True)
class Scopes:
    """All scopes and names of one file."""

    module: Scope
    occurrences: tuple[Occurrence, ...]
    by_node: dict[ast.AST, Scope]
    """The scope in which an expression or statement stands."""

    def named(self, name: str) -> Iterator[Occurrence]:
        """Where the name stands."""
        return (one for one in self.occurrences if one.name == name)


def scopes_of(tree: ast.Module) -> Scopes:
    """Take a file's tree apart. May raise RecursionError for very deep code."""
    builder = _Builder(Scope(tree, None))
    builder.visit_all(tree.body, builder.module)
    return Scopes(builder.module, tuple(builder.found), builder.by_node)


class _Builder:
    def __init__(self, module: Scope) -> None:
        self.module = module
        self.found: list[Occurrence] = []
        self.by_node: dict[ast.AST, Scope] = {module.node: module}

    def visit_all(self, nodes: Iterable[ast.AST | None], scope: Scope) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node, scope)

    def bind(self, name: str, node: ast.AST, scope: Scope) -> None:
        if name not in scope.at_module and name not in scope.outer:
            scope.bound.add(name)
        elif name in scope.at_module:
            self.module.bound.add(name)
        self.found.append(Occurrence(name, node, scope, True))

    def visit(self, node: ast.AST, scope: Scope) -> None:
        self.by_node[node] = scope
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                self.found.append(Occurrence(name, node, scope, False))
            case ast.Name(id=name):
                self.bind(name, node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                self._function(node, scope)
            case ast.ClassDef(name=name):
                self.bind(name, node, scope)
                self.visit_all([*node.decorator_list, *node.bases, *node.keywords], scope)
                self.visit_all(node.body, Scope(node, scope))
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope)
            case ast.NamedExpr(target=target, value=value):
                self.by_node[target] = scope
                self.visit(value, scope)
                self.bind(target.id, target, self._holder(scope))
            case ast.Global(names=names):
                scope.at_module.update(names)
                scope.bound.difference_update(names)
                self.module.bound.update(names)
                self.found += [Occurrence(name, node, scope, True) for name in names]
            case ast.Nonlocal(names=names):
                scope.outer.update(names)
                self.found += [Occurrence(name, node, scope, True) for name in names]
            case _:
                self._other(node, scope)

    def _other(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    self.by_node[alias] = scope
                    self.bind(alias.asname or alias.name.partition(".")[0], alias, scope)
                return
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                self.bind(name, node, scope)
            case ast.MatchMapping(rest=str(name)):
                self.bind(name, node, scope)
        self.visit_all(ast.iter_child_nodes(node), scope)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope) -> None:
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
        self.by_node[arguments] = scope
        self.visit_all([*arguments.defaults, *arguments.kw_defaults], scope)
        self.visit_all([one.annotation for one in every], scope)
        inner = Scope(node, scope)
        for one in every:
            self.by_node[one] = inner
            self.bind(one.arg, one, inner)
        if isinstance(node, ast.Lambda):
            self.visit(node.body, inner)
            return
        self.bind(node.name, node, scope)
        self.visit_all([*node.decorator_list, node.returns], scope)
        self.visit_all(getattr(node, "type_params", ()), inner)
        self.visit_all(node.body, inner)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, scope: Scope
    ) -> None:
        inner = Scope(node, scope)
        for number, part in enumerate(node.generators):
            self.visit(part.iter, inner if number else scope)
            self.visit_all([part.target, *part.ifs], inner)
        values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.visit_all(values, inner)

    def _holder(self, scope: Scope) -> Scope:
        """The scope that `:=` binds in: not a comprehension."""
        while isinstance(scope.node, _COMPREHENSIONS) and scope.parent is not None:
            scope = scope.parent
        return scope

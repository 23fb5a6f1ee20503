"""Changing the parameters of a Python function or method, together with every call of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.renaming.calls import Callee, CallSite, callee_of, calls_of
from smallcode_jupyter.index.renaming.files import Project, PythonFile, refused
from smallcode_jupyter.index.renaming.members import Member
from smallcode_jupyter.index.renaming.outcome import Transformation
from smallcode_jupyter.index.renaming.parameters import refuse_decorators
from smallcode_jupyter.index.renaming.rename import find_function
from smallcode_jupyter.index.renaming.types import Types
from smallcode_jupyter.index.renaming.writing import Function, Writing
from smallcode_jupyter.protocol.errors import WorkspaceError

__all__ = ["change_signature"]


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    default: ast.expr | None
    is_keyword_only: bool
    is_positional_only: bool


def change_signature(
    index: CodeIndex, name: str, parameters: str, *, values: Mapping[str, str] | None = None, path: str = ""
) -> Transformation:
    """What giving a function these parameters changes: the function, those that override it, and all calls.

    `parameters` is what stands between the parentheses afterwards. Parameters keep their meaning by their names: one
    that is missing is dropped from the calls, one that is new must have a default or an expression in `values`, which
    the calls then pass. Raises NotFound, or WorkspaceError, which says what stands in the way, where it cannot be done
    exactly.
    """
    given = dict(values or {})
    new = _parsed(parameters)
    for value in given.values():
        _parsed_value(value)
    with index.view() as view:
        project = Project(index, view, name.rpartition(".")[2])
        file, function = find_function(index, project, name, path)
        callee = callee_of(project, Types(project), file, function)
        change = _Change(project, callee, new, parameters.strip(), given)
        writings: dict[str, Writing] = {}
        for where, one in callee.functions:
            change.refuse_function(where, one)
            writings.setdefault(where.path, Writing(where)).parameters(one, change.text)
        for call in calls_of(project, callee):
            writing = writings.setdefault(call.file.path, Writing(call.file))
            writing.arguments(call.node, change.arguments(call))
        change.refuse_references()
        texts = {path: writing.text() for path, writing in sorted(writings.items())}
        sites = [site for _, writing in sorted(writings.items()) for site in writing.sites()]
    return Transformation(what=f"signature of {name} in {file.path}", texts=texts, sites=tuple(sites))


def _parsed(parameters: str) -> ast.arguments:
    try:
        body = ast.parse(f"def _({parameters}): pass").body
    except (SyntaxError, ValueError):
        body = []
    match body:
        case [ast.FunctionDef(args=arguments, body=[ast.Pass()])]:
            return arguments
    raise WorkspaceError(
        f"`{parameters[:80]}` is no list of parameters.",
        hint="Write what stands between the parentheses of `def`.",
    )


def _parsed_value(text: str) -> None:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError) as error:
        raise WorkspaceError(
            f"`{text[:80]}` is no expression.", hint="Give what the calls should pass."
        ) from error


def _listed(arguments: ast.arguments) -> list[_Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    found = [
        _Parameter(one.arg, default, False, one in arguments.posonlyargs)
        for one, default in zip(positional, [*defaults, *arguments.defaults], strict=True)
    ]
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return found + [_Parameter(one.arg, default, True, False) for one, default in pairs]


def _open_ends(arguments: ast.arguments) -> tuple[str, str]:
    return (
        arguments.vararg.arg if arguments.vararg else "",
        arguments.kwarg.arg if arguments.kwarg else "",
    )


class _Change:
    """What happens to one function's calls."""

    def __init__(
        self, project: Project, callee: Callee, new: ast.arguments, text: str, values: dict[str, str]
    ) -> None:
        self.project, self.callee, self.values = project, callee, values
        old = callee.functions[0][1].args
        self.old, self.new = _listed(old), _listed(new)
        self.text = text
        self._receiver = 0
        if callee.has_receiver:
            self._receiver = 1
            if not self.new or self.new[0].name != self.old[0].name:
                self.new = [self.old[0], *self.new]
                self.text = ", ".join(part for part in (self.old[0].name, text) if part)
        if _open_ends(old) != _open_ends(new) or old.vararg is not None:
            raise refused(project.name, "It takes any number of arguments, so calls cannot be read.")
        known = {one.name for one in self.old}
        self.added = [one for one in self.new if one.name not in known]
        kept = {one.name for one in self.new}
        self.dropped = {one.name for one in self.old if one.name not in kept}
        for one in self.added:
            if one.default is None and one.name not in values:
                raise refused(
                    project.name,
                    f"Nothing says what the calls should pass for `{one.name}`.",
                    hint="Give it a default, or a value for the calls.",
                )

    def refuse_function(self, file: PythonFile, function: Function) -> None:
        """Raise WorkspaceError where the function itself cannot be changed so."""
        refuse_decorators(file, function, self.project.name)
        if [one.name for one in _listed(function.args)] != [one.name for one in self.old]:
            raise refused(self.project.name, f"{file.at(function)} overrides it with other parameters.")
        for name in sorted(self.dropped):
            for one in file.scopes.named(name):
                home = one.scope.home(name)
                if home is not None and home.node is function and not isinstance(one.node, ast.arg):
                    raise refused(
                        self.project.name, f"{file.at(one.node)}: `{name}` is still used in the function."
                    )

    def arguments(self, call: CallSite) -> list[tuple[str, ast.expr | str]]:
        """The arguments of a call afterwards: with the name for those that are given by it, else an empty one."""
        given = self._given(call)
        for name in self.dropped & given.keys():
            if any(isinstance(node, (ast.Call, ast.Await, ast.NamedExpr)) for node in ast.walk(given[name])):
                raise refused(
                    self.project.name, f"{call.file.at(call.node)}: what is dropped does something."
                )
        out: list[tuple[str, ast.expr | str]] = []
        by_name = False
        keywords = {keyword.arg for keyword in call.node.keywords}
        for one in self.new[self._receiver if call.is_bound else 0 :]:
            value = self._value(one, given, call)
            if value is None:
                by_name = True
                continue
            by_name = by_name or one.is_keyword_only or one.name in keywords
            if by_name and one.is_positional_only:
                raise refused(
                    self.project.name, f"{call.file.at(call.node)} cannot leave out what comes before."
                )
            out.append((one.name if by_name else "", value))
        self._refuse_order(call, out)
        return out

    def _given(self, call: CallSite) -> dict[str, ast.expr]:
        place = call.file.at(call.node)
        has_star = any(isinstance(one, ast.Starred) for one in call.node.args)
        if has_star or any(keyword.arg is None for keyword in call.node.keywords):
            raise refused(
                self.project.name, f"{place}: it is called with `*` or `**`, whose parts are not seen."
            )
        positional = [one for one in self.old if not one.is_keyword_only]
        names = [one.name for one in positional[self._receiver if call.is_bound else 0 :]]
        if len(call.node.args) > len(names):
            raise refused(self.project.name, f"{place} passes more than the function takes.")
        given = dict(zip(names, call.node.args, strict=False))
        return given | {str(keyword.arg): keyword.value for keyword in call.node.keywords}

    def _value(self, one: _Parameter, given: Mapping[str, ast.expr], call: CallSite) -> ast.expr | str | None:
        if one.name in given:
            return given[one.name]
        if one.name in self.values:
            return self.values[one.name]
        if one.default is not None:
            return None
        before = next((old.default for old in self.old if old.name == one.name), None)
        if isinstance(before, ast.Constant):
            return ast.unparse(before)
        raise refused(
            self.project.name,
            f"{call.file.at(call.node)} passes nothing for `{one.name}`, which has no default.",
        )

    def _refuse_order(self, call: CallSite, out: list[tuple[str, ast.expr | str]]) -> None:
        """Arguments that do something must stay in their order."""
        active = [
            one
            for _, one in out
            if isinstance(one, ast.expr)
            and any(isinstance(node, (ast.Call, ast.Await, ast.NamedExpr)) for node in ast.walk(one))
        ]
        places = [(one.lineno, one.col_offset) for one in active]
        if places != sorted(places):
            raise refused(
                self.project.name,
                f"{call.file.at(call.node)}: what is passed would be worked out in another order.",
            )

    def refuse_references(self) -> None:
        """Raise WorkspaceError where the function is handed on instead of being called."""
        name = self.callee.name
        for file in self.project.using(name):
            member = Member(self.project, self.callee.family, file, name) if self.callee.family else None
            for node in ast.walk(file.tree):
                parent = file.parents.get(node)
                if isinstance(parent, ast.Call) and parent.func is node:
                    continue
                if self._is_reference(file, node, member):
                    raise refused(self.project.name, f"{file.at(node)} hands it on without calling it.")

    def _is_reference(self, file: PythonFile, node: ast.AST, member: Member | None) -> bool:
        if self.callee.is_constructor:
            return False
        if member is not None:
            return (
                isinstance(node, ast.Attribute) and node.attr == member.name and member.is_meant(node.value)
            )
        if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
            return False
        found = self.callee.types.definition(file, node)
        return found is not None and found[1] is self.callee.functions[0][1]

"""Renaming what stands at the top of a Python module: where it is defined, imported, passed on and used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from smallcode_jupyter.index.renaming.edits import Renames
from smallcode_jupyter.index.renaming.files import Project, PythonFile, refused
from smallcode_jupyter.index.renaming.scopes import Scope

__all__ = ["rename_module_name"]


def rename_module_name(project: Project, home: PythonFile, old: str, new: str) -> list[Renames]:
    """The changes of every file. Raises WorkspaceError where a place cannot be proved."""
    renaming = _Renaming(project, old, new)
    renaming.at_module(home)
    while renaming.waiting:
        renaming.importers(renaming.waiting.pop())
    return list(renaming.changes.values())


_BY_TEXT = frozenset({"getattr", "setattr", "hasattr", "delattr", "object"})
"""The last one for `mock.patch.object`."""


class _Renaming:
    def __init__(self, project: Project, old: str, new: str) -> None:
        self.project = project
        self.old, self.new = old, new
        self.changes: dict[str, Renames] = {}
        self.done: set[str] = set()
        self.waiting: list[PythonFile] = []

    def change(self, file: PythonFile, node: ast.AST) -> None:
        if file.path not in self.changes:
            self.changes[file.path] = Renames(file, self.old, self.new)
        self.changes[file.path].add(node)

    def at_module(self, file: PythonFile) -> None:
        """The name means it in the whole of this module."""
        if file.path in self.done:
            return
        self.done.add(file.path)
        self.waiting.append(file)
        self.in_scope(file, file.scopes.module)
        for node in _exported(file.tree, self.old):
            self.change(file, node)

    def in_scope(self, file: PythonFile, home: Scope) -> None:
        """Every place that means what this scope binds under the name."""
        for taken in file.scopes.named(self.new):
            raise refused(self.old, f"{file.at(taken.node)} already has a name `{self.new}`.")
        for one in file.scopes.named(self.old):
            if one.scope.home(self.old) is not home:
                continue
            if isinstance(one.node, ast.alias) and one.node.asname == self.old:
                raise refused(self.old, f"{file.at(one.node)} imports something else under the name.")
            self.change(file, one.node)

    def importers(self, source: PythonFile) -> None:
        """Everything outside of this module that takes the name from it."""
        for file in self.project.using(self.old):
            if file is source:
                continue
            for alias in _aliases(file.tree):
                self._import(source, file, alias)
            for node in ast.walk(file.tree):
                if not isinstance(node, ast.Attribute) or node.attr != self.old:
                    continue
                if self.project.module_of(file, node.value) is source:
                    self.change(file, node)
        self._refuse_texts(source)

    def _refuse_texts(self, source: PythonFile) -> None:
        """Raise WorkspaceError where a text names it: `"shop.money.old"` for a mock, `shop.money:old` for a command."""
        dotted = re.compile(rf"([\w.]+)[.:]{re.escape(self.old)}(?!\w)")
        module = source.row.module.replace("/", ".")
        for file in self.project.using(self.old):
            for node in ast.walk(file.tree):
                if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                    continue
                found = dotted.fullmatch(node.value)
                if (found is not None and _is_end(module, found[1])) or self._is_asked_for(
                    file, node, source
                ):
                    raise refused(self.old, f"{file.at(node)} names it in a text.")
        for path in self.project.mentions(self.old):
            is_setting = path.endswith((".toml", ".cfg", ".ini", ".json", ".yaml", ".yml"))
            for found in dotted.finditer(self.project.text(path)) if is_setting else ():
                if _is_end(module, found[1]):
                    raise refused(self.old, f"{path} names it as {found[0]}.")

    def _is_asked_for(self, file: PythonFile, node: ast.Constant, source: PythonFile) -> bool:
        """Whether it is the text in `getattr(module, "old")`."""
        call = file.parents.get(node)
        if node.value != self.old or not isinstance(call, ast.Call) or call.args[:1] == [node]:
            return False
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        return called in _BY_TEXT and self.project.module_of(file, call.args[0]) is source

    def _import(self, source: PythonFile, file: PythonFile, alias: ast.alias) -> None:
        statement = file.parents[alias]
        if not isinstance(statement, ast.ImportFrom) or alias.name not in (self.old, "*"):
            return
        if alias.name == "*":
            self._star(source, file, alias, statement)
            return
        found = self.project.imported(file, alias)
        if found is None or found.file is not source or not found.name:
            return
        if alias.asname:
            self.change(file, alias)
            return
        scope = file.scopes.by_node[alias].home(self.old)
        if scope is file.scopes.module:
            self.at_module(file)
        elif scope is not None:
            self.in_scope(file, scope)

    def _star(
        self, source: PythonFile, file: PythonFile, alias: ast.alias, statement: ast.ImportFrom
    ) -> None:
        bound = ast.alias(name=self.old, lineno=alias.lineno)
        file.parents[bound] = statement
        found = self.project.imported(file, bound)
        if found is not None and found.file is source:
            hint = "Write the names out in that import first."
            raise refused(self.old, f"{file.at(alias)} imports all names with a star.", hint=hint)


def _is_end(module: str, written: str) -> bool:
    return module == written or module.endswith(f".{written}")


def _aliases(tree: ast.Module) -> Iterator[ast.alias]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.alias))


def _exported(tree: ast.Module, name: str) -> Iterator[ast.Constant]:
    """The name in `__all__`."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, (ast.AnnAssign, ast.AugAssign)):
            targets = [node.target]
        if not any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and part.value == name:
                yield part

"""The Python files of a workspace that a renaming looks into, each parsed once."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.facts import Import
from smallcode_jupyter.index.graph import resolve
from smallcode_jupyter.index.languages.python import import_from
from smallcode_jupyter.index.renaming.scopes import Occurrence, Scope, Scopes, scopes_of
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View
from smallcode_jupyter.protocol.errors import WorkspaceError

__all__ = ["Binding", "Project", "PythonFile", "refused"]

_MOST_FILES = 2_000


def refused(name: str, why: str, *, hint: str = "") -> WorkspaceError:
    """What is raised where a renaming would not be exact."""
    return WorkspaceError(
        f"`{name}` is not changed anywhere.",
        why=why,
        hint=hint or "Change the places by hand, one file at a time.",
    )


@dataclass(eq=False, slots=True)
class PythonFile:
    """A parsed file."""

    row: FileRow
    text: str
    tree: ast.Module
    scopes: Scopes
    parents: dict[ast.AST, ast.AST]

    @property
    def path(self) -> str:
        return self.row.path

    def at(self, node: ast.AST) -> str:
        """`path:line`, for messages."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@dataclass(frozen=True, slots=True)
class Binding:
    """What an imported name is: a module of the workspace, or something in one."""

    file: PythonFile
    name: str
    """Empty where it is the module itself."""


class Project:
    """All that a renaming asks the index and the files for."""

    def __init__(self, index: CodeIndex, view: View, name: str) -> None:
        """`name` is what is to be changed, for messages."""
        self.view = view
        self.name = name
        self._index = index
        self._files: dict[str, PythonFile] = {}
        self._resolved: dict[tuple[str, str, bool], FileRow | None] = {}

    def file(self, row: FileRow) -> PythonFile:
        """The file, parsed. Raises WorkspaceError where it does not parse: what is in it cannot be proved then."""
        if row.path not in self._files:
            text = self._index.text(row.path)
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    tree = ast.parse(text)
                scopes = scopes_of(tree)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                why = f"{row.path} has the name in it and does not parse."
                raise refused(self.name, why, hint="Mend that file first.") from error
            parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
            self._files[row.path] = PythonFile(row, text, tree, scopes, parents)
        return self._files[row.path]

    def using(self, name: str) -> list[PythonFile]:
        """The Python files in which the identifier stands, by path. Raises WorkspaceError for what does not parse."""
        return [self.file(row) for row in self._rows(name) if row.language == "python"]

    def mentions(self, name: str) -> list[str]:
        """Files of other kinds in which it stands."""
        return [row.path for row in self._rows(name) if row.language != "python"]

    def text(self, path: str) -> str:
        """A file's text."""
        return self._index.text(path)

    def _rows(self, name: str) -> list[FileRow]:
        ids = self.view.files_using(name, limit=_MOST_FILES + 1)
        if len(ids) > _MOST_FILES:
            raise refused(self.name, f"More than {_MOST_FILES:,} files have it.")
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        rows = sorted(self.view.files(ids), key=lambda row: row.path)
        return [row for row in rows if word.search(self._index.text(row.path))]

    def module(self, importer: PythonFile, target: str, *, is_exact: bool = False) -> PythonFile | None:
        """The workspace's file for a module path with `/`; None for what comes from elsewhere."""
        key = (importer.path, target, is_exact)
        if key not in self._resolved:
            found = resolve(self.view, importer.row, Import(target=target, is_exact=is_exact))
            rows = [row for row in found if row.language == "python"]
            if len(rows) > 1:
                raise refused(
                    self.name,
                    f"{importer.path} imports {target}, which may be {rows[0].path} or {rows[1].path}.",
                )
            self._resolved[key] = rows[0] if rows else None
        row = self._resolved[key]
        return self.file(row) if row is not None else None

    def imported(self, file: PythonFile, alias: ast.alias) -> Binding | None:
        """What the name of an `import` is; None for what comes from elsewhere. For `import a.b` without `as`: `a`."""
        statement = file.parents[alias]
        if isinstance(statement, ast.ImportFrom):
            source = import_from(
                file.path, statement.module or "", statement.level, (alias.name,), alias.lineno
            )
            base = f"{source.target}/" if source.target else ""
            package = self.module(file, source.target, is_exact=source.is_exact) if source.target else None
            if package is not None and alias.name in package.scopes.module.bound:
                return Binding(package, alias.name)
            inner = self.module(file, f"{base}{alias.name}", is_exact=source.is_exact)
            if inner is not None:
                return Binding(inner, "")
            return Binding(package, alias.name) if package is not None else None
        name = alias.name if alias.asname else alias.name.partition(".")[0]
        found = self.module(file, name.replace(".", "/"))
        return Binding(found, "") if found is not None else None

    def module_of(self, file: PythonFile, node: ast.expr) -> PythonFile | None:
        """The workspace's module that an expression such as `rates` or `shop.rates` means; None for all else."""
        parts: list[str] = []
        at = node
        while isinstance(at, ast.Attribute):
            parts.insert(0, at.attr)
            at = at.value
        if not isinstance(at, ast.Name):
            return None
        for alias in self.import_aliases(file, at):
            statement = file.parents[alias]
            if isinstance(statement, ast.Import) and not alias.asname:
                return self.module(file, "/".join([at.id, *parts]))
            found = self.imported(file, alias)
            if found is not None and not found.name:
                below = "/".join([found.file.row.module, *parts])
                return self.module(file, below, is_exact=True) if parts else found.file
        return None

    def import_aliases(self, file: PythonFile, node: ast.Name) -> list[ast.alias]:
        """The imports that bind a name where it stands; none where something else does."""
        scope = file.scopes.by_node.get(node)
        home = scope.home(node.id) if scope is not None else None
        nodes = [one.node for one in self.bindings(file, home, node.id)]
        aliases = [one for one in nodes if isinstance(one, ast.alias)]
        return aliases if len(aliases) == len(nodes) else []

    def bindings(self, file: PythonFile, home: Scope | None, name: str) -> list[Occurrence]:
        """The places that bind a name of this scope."""
        if home is None:
            return []
        return [one for one in file.scopes.named(name) if one.is_binding and one.scope.home(name) is home]

    def is_imported(self, file: PythonFile, node: ast.expr) -> bool:
        """Whether an expression is something imported from outside of the workspace, or in it."""
        at = node
        while isinstance(at, ast.Attribute):
            at = at.value
        return isinstance(at, ast.Name) and any(
            self.imported(file, alias) is None for alias in self.import_aliases(file, at)
        )

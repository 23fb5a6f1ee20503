"""Changing identifiers in a Python file by its tree, and proving that nothing else has changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from smallcode_jupyter.index.renaming.files import PythonFile, refused
from smallcode_jupyter.workspace.grammar import Edit, edited

__all__ = ["Renames"]


class Renames:
    """Nodes of one file in which `old` is to become `new`."""

    def __init__(self, file: PythonFile, old: str, new: str) -> None:
        self.file = file
        self._old, self._new = old, new
        self._nodes: dict[ast.AST, None] = {}
        self._data = file.text.encode()
        starts = [0]
        for line in self._data.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        self._starts = starts

    def add(self, node: ast.AST) -> None:
        """Change the identifier of a node, where it has it (an import: the imported name, else its `as`)."""
        self._nodes[node] = None

    @property
    def nodes(self) -> list[ast.AST]:
        """In the order of the text."""
        return sorted(
            self._nodes, key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
        )

    def text(self) -> str:
        """The new text. Raises WorkspaceError where it is not the old one with just these identifiers changed."""
        by_string: dict[ast.AST | None, list[ast.AST]] = {}
        for node in self._nodes:
            by_string.setdefault(self._string_around(node), []).append(node)
        starts = [self._start(node) for node in by_string.pop(None, [])]
        for string, nodes in by_string.items():
            assert string is not None
            starts += self._starts_in_string(string, nodes)
        size = len(self._old.encode())
        edits: list[Edit] = [(start, start + size, self._new) for start in dict.fromkeys(starts)]
        text = edited(self._data, edits)
        self._prove(text)
        return text

    def _prove(self, text: str) -> None:
        for node in self._nodes:
            _rename(node, self._old, self._new)
        try:
            is_same = ast.dump(ast.parse(text)) == ast.dump(self.file.tree)
        except SyntaxError:
            is_same = False
        if not is_same:
            raise refused(self._old, f"{self.file.path} cannot be changed in just these places.")

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(
            node, (ast.stmt, ast.expr, ast.arg, ast.keyword, ast.alias, ast.excepthandler, ast.pattern)
        )
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._offset(node.lineno, node.col_offset)
        return start, self._offset(node.end_lineno, node.end_col_offset)

    def _start(self, node: ast.AST) -> int:
        """Where the identifier begins, in bytes. Raises WorkspaceError where that cannot be told."""
        start, end = self._span(node)
        size = len(self._old.encode())
        match node:
            case ast.Attribute() | ast.MatchAs() | ast.MatchStar():
                found = end - size
            case ast.alias(name=name) if name != self._old:
                found = end - size
            case ast.Name() | ast.arg() | ast.keyword() | ast.alias():
                found = start
            case _:
                found = self._found_in(node, start, end)
        if self._data[found : found + size] != self._old.encode():
            raise refused(self._old, f"The place in {self.file.at(node)} cannot be told exactly.")
        return found

    def _found_in(self, node: ast.AST, start: int, end: int) -> int:
        """Where it stands in a statement that begins with words: the first time, after what comes before a name."""
        lead = {
            ast.FunctionDef: rb"def\s+",
            ast.AsyncFunctionDef: rb"def\s+",
            ast.ClassDef: rb"class\s+",
            ast.ExceptHandler: rb"\bas\s+",
            ast.MatchMapping: rb"\*\*\s*",
            ast.Constant: rb"",
        }.get(type(node), rb"(?<!\w)")
        pattern = re.compile(lead + b"(" + re.escape(self._old.encode()) + rb")(?!\w)")
        if isinstance(node, ast.MatchClass):
            pattern = re.compile(rb"(?<!\w)(" + re.escape(self._old.encode()) + rb")\s*=")
        found = pattern.search(self._data, start, end)
        if found is None:
            raise refused(self._old, f"The place in {self.file.at(node)} cannot be told exactly.")
        return found.start(1)

    def _string_around(self, node: ast.AST) -> ast.AST | None:
        """The outermost f-string that the node stands in: until Python 3.12 places in them were not always right."""
        found: ast.AST | None = None
        at: ast.AST | None = node
        while at is not None:
            if isinstance(at, ast.JoinedStr):
                found = at
            at = self.file.parents.get(at)
        return found

    def _starts_in_string(self, string: ast.AST, nodes: Sequence[ast.AST]) -> list[int]:
        start, end = self._span(string)
        pattern = re.compile(rb"(?<!\w)" + re.escape(self._old.encode()) + rb"(?!\w)")
        places = [found.start() for found in pattern.finditer(self._data, start, end)]
        if len(places) == len(nodes):
            return places
        return [self._start(node) for node in nodes]


def _rename(node: ast.AST, old: str, new: str) -> None:
    """Change the tree itself, to compare it with the new text's."""
    match node:
        case ast.Name():
            node.id = new
        case ast.arg() | ast.keyword():
            node.arg = new
        case ast.Attribute():
            node.attr = new
        case ast.alias():
            if node.name == old:
                node.name = new
            else:
                node.asname = new
        case ast.Global() | ast.Nonlocal():
            node.names = [new if name == old else name for name in node.names]
        case ast.MatchMapping():
            node.rest = new
        case ast.MatchClass():
            node.kwd_attrs = [new if name == old else name for name in node.kwd_attrs]
        case ast.Constant():
            node.value = new
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.ExceptHandler():
            node.name = new
        case ast.MatchAs() | ast.MatchStar():
            node.name = new

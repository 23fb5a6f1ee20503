"""The named statements of a Python file, with the lines they stand on."""

from __future__ import annotations

import ast
import itertools
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = [
    "DEFINITIONS", "FUNCTIONS", "GUARD", "Source", "Unit", "before", "definition_names", "key_of", "name_of",
    "parse_source", "split_statements", "unit_of", "units_of",
]  # fmt: skip

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_DEFINITION = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)
GUARD = "__main__"
"""The name of `if __name__ == "__main__":`."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
Source = tuple[list[str], ast.Module]
"""A file's lines, each with its end, and its tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One named statement of a module or class, with its lines."""

    key: str
    name: str
    node: ast.stmt
    start: int
    """Index of its first line, a decorator's if it has one."""
    end: int
    """Index after its last line; comments that are indented like its body are its own."""
    above: int
    """`start`, or where the comments directly above begin."""
    indent: str
    lines: tuple[str, ...]

    @property
    def is_assignment(self) -> bool:
        return not isinstance(self.node, (*DEFINITIONS, ast.If))


def definition_names(text: str) -> tuple[str, ...]:
    """The functions and classes at a Python file's top level, also where it does not parse."""
    source = parse_source(text)
    if source is None:
        return tuple(dict.fromkeys(_DEFINITION.findall(text)))
    return tuple(dict.fromkeys(node.name for node in source[1].body if isinstance(node, DEFINITIONS)))


def parse_source(text: str) -> Source | None:
    """The lines, each with its end, and the tree; None where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines = _LINE.findall(text)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    return lines, tree


def name_of(node: ast.AST) -> str:
    """What a statement defines; empty for what is neither a definition nor a simple assignment."""
    if isinstance(node, DEFINITIONS):
        return node.name
    if isinstance(node, ast.If):
        sides = {
            ast.unparse(part) for part in ast.walk(node.test) if isinstance(part, (ast.Name, ast.Constant))
        }
        return GUARD if sides == {"__name__", "'__main__'"} else ""
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    parts = [part for target in targets for part in getattr(target, "elts", [target])]
    return ", ".join(part.id for part in parts if isinstance(part, ast.Name)) if _are_names(parts) else ""


def _are_names(parts: Sequence[ast.expr]) -> bool:
    return all(isinstance(part, ast.Name) for part in parts)


def key_of(node: ast.AST) -> str:
    """The name; a property's setter and what is registered for a type are apart from their namesakes."""
    name = name_of(node)
    if isinstance(node, FUNCTIONS):
        for decorator in node.decorator_list:
            call = decorator.func if isinstance(decorator, ast.Call) else decorator
            kind = call.attr if isinstance(call, ast.Attribute) else ""
            if kind in ("getter", "setter", "deleter"):
                name += f".{kind}"
            elif kind == "register":
                kinds = [ast.unparse(a.annotation) for a in node.args.args[:1] if a.annotation]
                name += f" {ast.unparse(decorator)} {kinds}"
    return name


def units_of(lines: Sequence[str], tree: ast.Module | ast.ClassDef) -> list[Unit]:
    """The named statements of a module or class, in order."""
    return [unit_of(lines, node) for node in tree.body if name_of(node)]


def unit_of(lines: Sequence[str], node: ast.stmt) -> Unit:
    """One of them."""
    decorators = node.decorator_list if isinstance(node, DEFINITIONS) else []
    start = min([node.lineno, *(part.lineno for part in decorators)]) - 1
    lead = before(lines, node)
    indent = lead if not lead.strip() else ""
    end = node.end_lineno or node.lineno
    at = end if isinstance(node, (*DEFINITIONS, ast.If)) else len(lines)
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        if lines[at].strip() and _width(lines[at]) <= _width(indent + "x"):
            break
        at += 1
        end = at if lines[at - 1].strip() else end
    above = start
    while above and lines[above - 1].startswith(indent + "#"):
        above -= 1
    own = [lines[start][len(lead) :], *lines[start + 1 : end]] if lead.strip() else lines[start:end]
    key, name = key_of(node), name_of(node)
    return Unit(
        key=key, name=name, node=node, start=start, end=end, above=above, indent=indent, lines=tuple(own)
    )


def before(lines: Sequence[str], node: ast.stmt) -> str:
    """What stands before the statement on its line."""
    return lines[node.lineno - 1].encode()[: node.col_offset].decode()


def _width(line: str) -> int:
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def _bodies(tree: ast.Module | ast.ClassDef) -> Iterator[list[ast.stmt]]:
    yield tree.body
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _bodies(node)


def split_statements(source: Source, touched: set[str] | None = None) -> Source:
    """With each statement on its own line where `;` joins one that is touched (None: all) to another."""
    lines, tree = source
    cuts: list[tuple[int, int, int, str]] = []
    for body in _bodies(tree):
        indent = before(lines, body[0]) if body else ""
        for first, second in itertools.pairwise(body):
            is_touched = touched is None or touched & {key_of(first), key_of(second)}
            if first.end_lineno == second.lineno and is_touched and not indent.strip():
                cuts.append((second.lineno - 1, first.end_col_offset or 0, second.col_offset, indent))
    for at, left, right, indent in sorted(cuts, reverse=True):
        raw = lines[at].encode()
        lines[at] = f"{raw[:left].decode()}\n{indent}{raw[right:].decode()}"
    return (parse_source("".join(lines)) or source) if cuts else source

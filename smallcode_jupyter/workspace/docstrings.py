"""Docstrings that new code left out, from the code that it replaces."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from smallcode_jupyter.workspace.definitions import DEFINITIONS, before, key_of, parse_source
from smallcode_jupyter.workspace.mends import Mend

__all__ = ["with_docstrings"]

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def with_docstrings(old: str, new: str) -> tuple[str, list[Mend]]:
    """The new text of a file, with the docstrings of functions and classes that had one and have none now."""
    was, now = parse_source(old), parse_source(new)
    if was is None or now is None:
        return new, []
    known = dict(_definitions(was[1], ""))
    lines = list(now[0])
    mends: list[Mend] = []
    for name, node in reversed(list(_definitions(now[1], ""))):
        there = known.get(name)
        first = node.body[0]
        if there is None or ast.get_docstring(there) is None or ast.get_docstring(node) is not None:
            continue
        text = there.body[0]
        starts = [part.lineno for part in getattr(first, "decorator_list", [])]
        at = min([first.lineno, *starts]) - 1
        indent, old_indent = before(lines, first), before(was[0], text)
        if indent.strip() or old_indent.strip() or at < node.lineno:
            continue
        docstring = was[0][text.lineno - 1 : text.end_lineno]
        lines[at:at] = [
            indent + line.removeprefix(old_indent) if line.strip() else line for line in docstring
        ]
        mends.insert(0, Mend(name="kept-docstring", detail=name))
    return ("".join(lines) if mends else new), mends


def _definitions(tree: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, _Definition]]:
    """All of a module and its classes that may have a docstring, by name, in order."""
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            name = prefix + key_of(node)
            yield name, node
            if isinstance(node, ast.ClassDef):
                yield from _definitions(node, f"{name}.")

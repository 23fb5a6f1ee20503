"""Syntax trees of JavaScript, TypeScript, Go and Rust."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tree_sitter import Language as Grammar
    from tree_sitter import Node, Parser

__all__ = [
    "LANGUAGES",
    "Edit",
    "Language",
    "Source",
    "edited",
    "first_fault",
    "grammar_of",
    "language_of",
    "read_source",
    "walk",
]

Language = Literal["javascript", "typescript", "tsx", "go", "rust"]
LANGUAGES: dict[Language, str] = {
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "tsx": "TypeScript",
    "go": "Go",
    "rust": "Rust",
}
"""What each is called."""
_SUFFIXES: dict[str, Language] = {
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), "javascript"),
    **dict.fromkeys((".ts", ".mts", ".cts"), "typescript"),
    ".tsx": "tsx",
    ".go": "go",
    ".rs": "rust",
}
_GRAMMARS: dict[Language, tuple[str, str]] = {
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "go": ("tree_sitter_go", "language"),
    "rust": ("tree_sitter_rust", "language"),
}
Edit = tuple[int, int, str]
"""From where to where, and what stands there instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text with its tree. Offsets are in bytes; there is always a tree, perhaps with errors in it."""

    language: Language
    data: bytes
    root: Node

    @property
    def has_error(self) -> bool:
        return self.root.has_error

    def text(self, start: int, end: int) -> str:
        """A part of it."""
        return self.data[start:end].decode("utf-8", "surrogatepass")

    def of(self, node: Node | None) -> str:
        """The text of a node; empty for none."""
        return self.text(node.start_byte, node.end_byte) if node is not None else ""


def language_of(path: str) -> Language | None:
    """The language of a path by its ending; None for others, Python too."""
    return _SUFFIXES.get(os.path.splitext(path)[1].lower())


def read_source(text: str, language: Language) -> Source:
    """Parse a text. Never raises."""
    data = text.encode("utf-8", "surrogatepass")
    # Go's grammar takes a last line without its end for an error.
    ended = data if data.endswith(b"\n") else data + b"\n"
    return Source(language=language, data=data, root=_parser(language).parse(ended).root_node)


@cache
def grammar_of(language: Language) -> Grammar:
    """The grammar itself, for queries."""
    from tree_sitter import Language as Grammar

    module, name = _GRAMMARS[language]
    load: Callable[[], object] = getattr(import_module(module), name)
    return Grammar(load())


@cache
def _parser(language: Language) -> Parser:
    from tree_sitter import Parser

    return Parser(grammar_of(language))


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in order."""
    stack = [node]
    while stack:
        at = stack.pop()
        yield at
        stack += reversed(at.children)


def first_fault(source: Source) -> tuple[int, str] | None:
    """The number of the first line that cannot be parsed, and that line; None where all can."""
    for node in walk(source.root):
        if node.is_error or node.is_missing:
            lines = source.data.decode("utf-8", "replace").split("\n")
            row = min(node.start_point[0], len(lines) - 1)
            return row + 1, lines[row].strip()
    return None


def edited(data: bytes, edits: Iterable[Edit]) -> str:
    """The data with the edits applied. Of edits at one place the first given comes first; none may overlap."""
    out: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            continue
        out += [data[at:start], new.encode("utf-8", "surrogatepass")]
        at = end
    return b"".join([*out, data[at:]]).decode("utf-8", "surrogatepass")

"""Code in an answer that only shows that the rest works: a `main`, calls that print or assert, tests in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallcode_jupyter.workspace.grammar import Source, walk
from smallcode_jupyter.workspace.pieces import Piece, container_of, declaration_of, pieces_of
from smallcode_jupyter.workspace.restoring import prefix_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["demonstrations"]

_NAME = re.compile(
    r"main|(?:run_?)?(?:tests?|demos?|examples?|usage)(?:[_A-Z0-9]\w*)?|try_?it|verify\w*", re.IGNORECASE
)
_SHOWS = {
    "go": r"(?:fmt|log)\.(?:Print|Fatal|Panic)\w*|print|println|t\.(?:Error|Fatal|Log)\w*|assert\.\w+",
    "rust": r"e?print(?:ln)?|dbg|(?:debug_)?assert(?:_eq|_ne)?",
    "javascript": r"console\.\w+|assert(?:\.\w+)*|(?:test|it|describe|expect)(?:\.\w+)?",
}
_CALLS = frozenset({"call_expression", "macro_invocation"})
_NESTED = frozenset({
    "arrow_function", "class_declaration", "closure_expression", "func_literal", "function_declaration",
    "function_expression", "method_definition",
})  # fmt: skip


def demonstrations(before: Source, answer: Source) -> list[Piece]:
    """The pieces of the answer that only try out the code.

    None where the file as it was has no definitions, statements that run, or functions that try out code as well.
    """
    known = pieces_of(before)
    keys = {piece.key for piece in known} | {name for piece in known for name in piece.names}
    has_definitions = any(piece.kind == "definition" for piece in known)
    is_program = any(piece.kind == "loose" for piece in known) or _Search(answer=before, keys=()).found()
    return _Search(answer=answer, keys=keys).found() if has_definitions and not is_program else []


@dataclass(slots=True, kw_only=True)
class _Search:
    """Looks for what can go, again and again until there is no more of it."""

    answer: Source
    keys: Collection[str]
    """Of what the file has already."""

    def found(self) -> list[Piece]:
        pieces = [piece for piece in pieces_of(self.answer) if piece.kind in ("definition", "loose")]
        new = [piece for piece in pieces if piece.key not in self.keys]
        gone = [piece for piece in new if self._shows(piece)]
        while True:
            rest = [piece for piece in pieces if piece not in gone]
            more = [piece for piece in new if piece not in gone and self._is_for(piece, gone, rest)]
            if not more:
                return gone
            gone += more

    def _shows(self, piece: Piece) -> bool:
        """Whether the piece is one by itself."""
        if piece.kind == "loose":
            return any(_is_show(self.answer, call) for call in _calls(piece.node))
        if piece.node.type == "mod_item":
            above = self.answer.text(piece.lead, piece.start)
            return re.search(r"#\[cfg\(test\)\]", above) is not None
        is_called_so = self.answer.language in ("go", "rust") and self._is_demo_function(piece)
        return is_called_so and not self._is_used(piece)

    def _is_for(self, piece: Piece, gone: list[Piece], rest: list[Piece]) -> bool:
        """Whether a piece is there only for those that go."""
        if piece.kind == "loose":
            return bool(_names(gone) & self._used_by(piece))
        users = [other for other in rest if other is not piece and set(piece.names) & self._used_by(other)]
        is_tried = any(set(piece.names) & self._used_by(other) for other in gone)
        if prefix_of(self.answer, piece) or any(other.kind == "definition" for other in users):
            return False
        if piece.is_function or container_of(piece) is not None:
            return bool(is_tried or users) and self._is_demo_function(piece)
        return is_tried and all(other.key.partition(".")[0] in piece.names for other in users)

    def _used_by(self, piece: Piece) -> set[str]:
        return {
            self.answer.of(part)
            for part in walk(piece.node)
            if not part.child_count and "identifier" in part.type
        }

    def _is_used(self, piece: Piece) -> bool:
        return any(
            set(piece.names) & self._used_by(other)
            for other in pieces_of(self.answer)
            if other.key != piece.key and other.kind in ("definition", "loose")
        )

    def _is_demo_function(self, piece: Piece) -> bool:
        """A function with a telling name that takes nothing, gives nothing back, and prints or asserts."""
        if not piece.is_function or not piece.names or not _NAME.fullmatch(piece.names[0]):
            return False
        node = declaration_of(piece.node)
        inner = node if node.child_by_field_name("parameters") else next(_lambdas(node), node)
        given = inner.child_by_field_name("parameters")
        is_main = piece.names[0] == "main"
        takes = self.answer.of(given).strip("() \n")
        if takes and not re.fullmatch(r"\w+ \*testing\.\w+", takes):
            return False
        gives = inner.child_by_field_name("result") or inner.child_by_field_name("return_type")
        if gives is not None and not is_main and "void" not in self.answer.of(gives):
            return False
        return is_main or any(_is_show(self.answer, call) for call in _calls(inner, is_inside=True))


def _lambdas(node: Node) -> Iterator[Node]:
    return (part for part in walk(node) if part.type in ("arrow_function", "function_expression"))


def _is_show(source: Source, call: Node) -> bool:
    callee = source.of(call.child_by_field_name("function") or call.child_by_field_name("macro"))
    pattern = _SHOWS.get(source.language, _SHOWS["javascript"])
    return re.fullmatch(pattern, callee) is not None


def _calls(node: Node, *, is_inside: bool = False) -> Iterator[Node]:
    """The calls that run when the statement does: not those in functions that it only hands on."""
    stack = [(node, False)]
    while stack:
        at, is_called = stack.pop()
        if at.type in _CALLS:
            yield at
            called = at.child_by_field_name("function")
            if called is not None and called.type == "parenthesized_expression":
                stack += [(part, True) for part in called.named_children]
        if at.type in _NESTED and not is_called and not (is_inside and at == node):
            continue
        stack += [(part, False) for part in at.children]


def _names(pieces: Iterable[Piece]) -> set[str]:
    return {name for piece in pieces for name in piece.names}

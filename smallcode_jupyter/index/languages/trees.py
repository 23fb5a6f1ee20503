"""Symbols from syntax trees: what JavaScript, TypeScript, Go and Rust have in common."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from smallcode_jupyter.index.facts import Symbol, SymbolKind, shortened
from smallcode_jupyter.workspace.grammar import Language, Source, grammar_of
from smallcode_jupyter.workspace.pieces import Piece, container_of, declaration_of, owned_name, pieces_of

if TYPE_CHECKING:
    from tree_sitter import Node, Query

__all__ = ["KindOf", "line_of", "matches_of", "symbols_of"]

KindOf = Callable[[Piece, str], SymbolKind | None]
"""What a piece is, with the name of its owner; None for what is no symbol."""
_COMMENT = re.compile(r"^\s*(?:///?!?|/\*+!?|\*+/|\*(?!/))\s?|\s*\*+/\s*$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"^\s*(?:#!?\[.*\]|@\w+.*)$", re.MULTILINE)
_WHOLE = frozenset(
    {"interface_declaration", "type_alias_declaration", "enum_declaration", "type_declaration"}
    | {"struct_item", "enum_item", "union_item", "type_item"}
)
"""Declarations that are shown with what is in them."""
_FUNCTIONS = frozenset({"function", "method", "constant", "variable", "field"})


@dataclass(frozen=True, slots=True)
class _Placed:
    symbol: Symbol
    start: int
    end: int
    """In bytes."""


@cache
def _query(language: Language, text: str) -> Query:
    from tree_sitter import Query

    return Query(grammar_of(language), text)


def matches_of(source: Source, query: str, node: Node | None = None) -> Iterator[dict[str, list[Node]]]:
    """What the query finds, in order: each with its captures."""
    from tree_sitter import QueryCursor

    for _, found in QueryCursor(_query(source.language, query)).matches(node or source.root):
        yield found


def line_of(node: Node) -> int:
    """Its first line, from 1."""
    return node.start_point[0] + 1


def symbols_of(source: Source, kind_of: KindOf, *, inner: str) -> tuple[Symbol, ...]:
    """All symbols, in order.

    `inner` is a query for what is no piece: `@call` for names that are called, `@base` for what is extended, `@field`
    for members of types. Each belongs to the symbol around it.
    """
    placed = list(_collected(source, pieces_of(source), "", kind_of))
    calls: dict[int, list[str]] = {}
    bases: dict[int, list[str]] = {}
    bodies = sorted((one.start, at) for at, one in enumerate(placed) if one.symbol.kind in _FUNCTIONS)
    for found in matches_of(source, inner):
        for name, nodes in found.items():
            for node in nodes:
                if name == "call":
                    at = _around(bodies, placed, node)
                    calls.setdefault(at, []).append(source.of(node))
                    continue
                at = _innermost(placed, node)
                if name == "base":
                    bases.setdefault(at, []).append(source.of(node))
                elif at >= 0:
                    placed.append(_field(source, node, placed[at].symbol))
    for at, names in calls.items():
        if at >= 0:
            placed[at] = _with(placed[at], calls=tuple(dict.fromkeys(names)))
    for at, names in bases.items():
        if at >= 0:
            placed[at] = _with(placed[at], bases=tuple(dict.fromkeys(names)))
    return tuple(one.symbol for one in sorted(placed, key=lambda one: (one.start, -one.end)))


def _with(one: _Placed, *, calls: tuple[str, ...] = (), bases: tuple[str, ...] = ()) -> _Placed:
    symbol = one.symbol
    changed = replace(symbol, calls=calls or symbol.calls, bases=bases or symbol.bases)
    return _Placed(changed, one.start, one.end)


def _around(bodies: list[tuple[int, int]], placed: list[_Placed], node: Node) -> int:
    """The index of the function that a call stands in; -1 for none. Functions that are pieces never overlap."""
    at = bisect_right(bodies, (node.start_byte, len(placed))) - 1
    if at < 0 or placed[bodies[at][1]].end < node.end_byte:
        return -1
    return bodies[at][1]


def _innermost(placed: list[_Placed], node: Node) -> int:
    best = -1
    for at, one in enumerate(placed):
        is_inside = one.start <= node.start_byte and node.end_byte <= one.end
        if is_inside and (best < 0 or one.end - one.start < placed[best].end - placed[best].start):
            best = at
    return best


def _field(source: Source, node: Node, owner: Symbol) -> _Placed:
    parent = node.parent or node
    symbol = Symbol(
        name=source.of(node),
        kind="field",
        owner=owner.qualified,
        line=line_of(node),
        end=parent.end_point[0] + 1,
        signature=shortened(source.of(parent), 120).rstrip(",;"),
    )
    return _Placed(symbol, parent.start_byte, parent.end_byte)


def _collected(source: Source, pieces: list[Piece], owner: str, kind_of: KindOf) -> Iterator[_Placed]:
    for piece in pieces:
        kind = kind_of(piece, owner) if piece.kind == "definition" else None
        names = piece.names or _keyed(source, piece)
        for name in names if kind is not None else ():
            yield _placed(source, piece, name, kind or "variable", owner)
        body = container_of(piece)
        if body is not None:
            inner = owned_name(source, piece) or ", ".join(names)
            below = f"{owner}.{inner}" if owner and inner else inner or owner
            yield from _collected(source, pieces_of(source, body), below, kind_of)


def _keyed(source: Source, piece: Piece) -> tuple[str, ...]:
    """The name in the key of a piece that binds none: `Guard.Fail`, `module.exports.find`, `impl Shape for Dot`."""
    name = owned_name(source, piece) or piece.key.rpartition(".")[2]
    return (name,) if name.isidentifier() else ()


def _placed(source: Source, piece: Piece, name: str, kind: SymbolKind, owner: str) -> _Placed:
    node = declaration_of(piece.node)
    symbol = Symbol(
        name=name,
        kind=kind,
        owner=owner or (piece.key.rpartition(".")[0] if kind == "method" else ""),
        line=line_of(node),
        end=node.end_point[0] + 1,
        signature=_signature(source, node),
        doc=_doc(source.text(piece.lead, piece.start)),
    )
    return _Placed(symbol, piece.start, piece.end)


def _signature(source: Source, node: Node) -> str:
    if node.type in _WHOLE:
        return shortened(source.of(node))
    body = node.child_by_field_name("body") or _body_of_value(node)
    end = body.start_byte if body is not None else node.end_byte
    return shortened(source.text(node.start_byte, end).rstrip().removesuffix("{")).rstrip(" ;")


def _body_of_value(node: Node) -> Node | None:
    """The body of the function that a declaration or assignment binds; None for other values."""
    for one in node.named_children:
        value = one.child_by_field_name("value") or one.child_by_field_name("right")
        if value is not None:
            return value.child_by_field_name("body")
    return None


def _doc(comment: str) -> str:
    text = _COMMENT.sub("", _ATTRIBUTE.sub("", comment)).strip()
    return shortened(text.split("\n\n")[0], 160) if text else ""

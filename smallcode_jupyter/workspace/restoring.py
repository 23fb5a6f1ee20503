"""What an answer only lost is put back: exports, visibility, attributes, comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from smallcode_jupyter.workspace.grammar import Edit, Source, edited, read_source, walk
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.moving import indent_of
from smallcode_jupyter.workspace.pieces import (
    ATTRIBUTES,
    COMMENTS,
    Piece,
    code_of,
    container_of,
    declaration_of,
    pieces_of,
    squeezed,
)

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["is_elided", "is_same", "prefix_of", "restored"]

_ELISION = re.compile(
    r"\.\.\.|…|\b(?:existing|unchanged|remains?|rest|same|as before|omitted)\b", re.IGNORECASE
)


def prefix_of(source: Source, piece: Piece) -> str:
    """The words that let others use the piece, with a blank: `export default `, `pub(crate) `; empty without them."""
    if piece.node.type == "export_statement":
        words = [part.type for part in piece.node.children if part.type in ("export", "default")]
        return " ".join(words) + " "
    modifier = next((part for part in piece.node.children if part.type == "visibility_modifier"), None)
    return source.of(modifier) + " " if modifier is not None else ""


def is_same(old: Source, was: Piece, new: Source, piece: Piece) -> bool:
    """Whether the new piece says nothing new: the same code, perhaps without a comment, attribute or `export`."""
    if _bare_code(new, piece) != _bare_code(old, was):
        return False
    if prefix_of(new, piece) and prefix_of(new, piece) != prefix_of(old, was):
        return False
    has = [Counter(_remarks(source, one)) for source, one in ((old, was), (new, piece))]
    return not has[1] - has[0]


def is_elided(old: Source, was: Piece, new: Source, piece: Piece) -> bool:
    """Whether the new piece has only a comment such as `// ... existing code ...` where the old one has code."""
    bodies = [declaration_of(one.node).child_by_field_name("body") for one in (was, piece)]
    if bodies[0] is None or bodies[1] is None or len(code_of(bodies[1])) > 2:
        return False
    has_code = len(code_of(bodies[0])) > len(code_of(bodies[1]))
    return has_code and any(
        node.type in COMMENTS and _ELISION.search(new.of(node)) for node in walk(bodies[1])
    )


def _bare_code(source: Source, piece: Piece) -> tuple[bytes, ...]:
    code = code_of(declaration_of(piece.node))
    if piece.node.type == "export_statement" and piece.key == "default":
        return code
    skipped = (
        code_of(piece.node.children[0])
        if piece.node.child_count and _is_visibility(piece.node.children[0])
        else ()
    )
    return tuple(word for word in code[len(skipped) :] if word != b";")


def _is_visibility(node: Node) -> bool:
    return node.type == "visibility_modifier"


def _remarks(source: Source, piece: Piece) -> Iterator[str]:
    """The comments and attributes of a piece, in and above it."""
    for part in _above(source, piece):
        yield squeezed(source.of(part))
    for part in walk(piece.node):
        if part.type in COMMENTS or part.type in ATTRIBUTES:
            yield squeezed(source.of(part))


def _above(source: Source, piece: Piece) -> list[Node]:
    """The comments and attributes directly above."""
    found: list[Node] = []
    at = piece.node.prev_sibling
    while at is not None and at.start_byte >= piece.lead:
        found.insert(0, at)
        at = at.prev_sibling
    return found


def restored(before: Source, text: str, *, has_comments: bool) -> tuple[str, list[Mend]]:
    """The text of an answer with what its changed definitions only lost: visibility, attributes and, with
    `has_comments`, the comments above them.

    Without comments the text is a whole file: a definition that is otherwise as it was, where others are still
    exported, has lost the word on purpose.
    """
    source = read_source(text, before.language)
    pieces = [piece for piece in pieces_of(source) if piece.kind == "definition"]
    exports_some = any(prefix_of(source, piece) for piece in pieces)
    pairs = [
        pair
        for pair in _pairs(pieces_of(before), pieces)
        if not ((has_comments or exports_some) and is_same(before, pair[0], source, pair[1]))
    ]
    edits, mends = _restorations(before, source, pairs, has_comments=has_comments, owner="")
    return edited(source.data, edits), mends


_Pair = tuple[Piece, Piece]


def _pairs(olds: Sequence[Piece], news: Sequence[Piece]) -> list[_Pair]:
    """The pieces that both have."""
    known = {piece.key: piece for piece in reversed(olds) if piece.kind == "definition"}
    return [(known[piece.key], piece) for piece in news if piece.key in known]


def _restorations(
    old: Source, new: Source, pairs: Sequence[_Pair], *, has_comments: bool, owner: str
) -> tuple[list[Edit], list[Mend]]:
    edits: list[Edit] = []
    mends: list[Mend] = []
    seen: set[str] = set()
    for was, piece in pairs:
        if is_elided(old, was, new, piece):
            continue
        name, indent = owner + was.shown, indent_of(new, piece.start)
        above, was_above = _above(new, piece), _above(old, was)
        docs = [part for part in was_above if part.type in COMMENTS]
        is_first = piece.key not in seen
        seen.add(piece.key)
        if has_comments and is_first and docs and not any(part.type in COMMENTS for part in above):
            edits.append((piece.lead, piece.lead, _lines(old, docs, indent)))
            mends.append(Mend(name="kept-comment", detail=name))
        marks = [part for part in was_above if part.type in ATTRIBUTES]
        if marks and not any(part.type in ATTRIBUTES for part in above):
            edits.append((piece.start, piece.start, _lines(old, marks, indent)))
            mends.append(Mend(name="kept-attribute", detail=name))
        prefix = prefix_of(old, was)
        if prefix and not prefix_of(new, piece) and _can_have(piece, prefix):
            edits.append((piece.start, piece.start, prefix))
            mends.append(Mend(name="kept-export" if "export" in prefix else "kept-visibility", detail=name))
        edits += _fields(old, was, new, piece)
        inner = _members(old, was, new, piece)
        more = _restorations(old, new, inner, has_comments=has_comments, owner=f"{name}.")
        edits += more[0]
        mends += more[1]
    return edits, mends


def _can_have(piece: Piece, prefix: str) -> bool:
    """Whether the words can stand before the new piece: `default` only before a function or class."""
    kinds = (
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "abstract_class_declaration",
    )
    return "default" not in prefix or piece.node.type in kinds


def _members(old: Source, was: Piece, new: Source, piece: Piece) -> list[_Pair]:
    """The members that both versions of a class have and that are not the same."""
    bodies = container_of(was), container_of(piece)
    if bodies[0] is None or bodies[1] is None:
        return []
    pairs = _pairs(pieces_of(old, bodies[0]), pieces_of(new, bodies[1]))
    return [pair for pair in pairs if not is_same(old, pair[0], new, pair[1])]


def _fields(old: Source, was: Piece, new: Source, piece: Piece) -> list[Edit]:
    """`pub` before the fields of a struct that lost it everywhere."""
    if was.node.type != "struct_item" or piece.node.type != "struct_item":
        return []
    shown = {old.of(field.child_by_field_name("name")): field for field in _declared(was.node)}
    declared = _declared(piece.node)
    if any(_is_visibility(field.children[0]) for field in declared):
        return []
    edits: list[Edit] = []
    for field in declared:
        known = shown.get(new.of(field.child_by_field_name("name")))
        if known is not None and _is_visibility(known.children[0]):
            edits.append((field.start_byte, field.start_byte, old.of(known.children[0]) + " "))
    return edits


def _declared(node: Node) -> list[Node]:
    body = node.child_by_field_name("body")
    return (
        [part for part in body.named_children if part.type == "field_declaration"] if body is not None else []
    )


def _lines(source: Source, nodes: list[Node], indent: str) -> str:
    """Comments or attributes as lines of their own, before something that is indented."""
    text = ""
    for node in nodes:
        old_indent = indent_of(source, node.start_byte)
        lines = source.of(node).rstrip().split("\n")
        text += "\n".join([lines[0], *(indent + line.removeprefix(old_indent) for line in lines[1:])])
        text += f"\n{indent}"
    return text

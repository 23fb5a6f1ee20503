"""Pieces of an answer woven into a file: each at the place of its namesake, new ones beside their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smallcode_jupyter.workspace.grammar import Edit, Source, edited
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.moving import indent_of, moved, unit_of
from smallcode_jupyter.workspace.pieces import (
    Part,
    Piece,
    container_of,
    declaration_of,
    parts_of,
    pieces_of,
    squeezed,
)
from smallcode_jupyter.workspace.restoring import is_elided, is_same

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Weave", "lacks_members"]

_Bodies = tuple["Node", "Node"]
"""Of the old and the new version of a class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """Where pieces are merged: the file itself, or the body of a class."""

    prefix: str = ""
    """Begins the names of members."""
    indent: str = ""
    body: Node | None = None


@dataclass(slots=True, kw_only=True)
class Weave:
    """Collects edits of the old text; `text` applies them."""

    old: Source
    new: Source
    edits: list[Edit] = field(default_factory=list)
    mends: list[Mend] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The old text with what was merged so far."""
        return edited(self.old.data, self.edits)

    def merge(self) -> None:
        """Replace the definitions and statements that both have, add those that only the answer has."""
        self._merge(_merged(pieces_of(self.old)), _merged(pieces_of(self.new)), _Scope())

    def _merge(self, olds: Sequence[Piece], news: Sequence[Piece], scope: _Scope) -> None:
        placed: dict[int, Piece] = {}
        rest: list[int] = []
        for key in dict.fromkeys(piece.key for piece in news):
            group = [at for at, piece in enumerate(news) if piece.key == key]
            was = [piece for piece in olds if piece.key == key] or _namesakes(olds, news[group[0]], news)
            if not was and self._put_values(olds, news[group[0]], scope):
                continue
            if not was:
                rest += group
            elif len(was) == len(group):
                for at, one in zip(group, was, strict=True):
                    self._put(one, [news[at]], scope)
                    placed[at] = one
            else:
                self._put(was[0], [news[at] for at in group], scope)
                self.edits += [self._without(one) for one in was[1:]]
                placed |= dict.fromkeys(group, was[0])
        self._add([(at, news[at]) for at in sorted(rest)], placed, olds, news, scope)

    def _put(self, was: Piece, becomes: Sequence[Piece], scope: _Scope) -> None:
        """Set what the answer has in the place of the old piece."""
        new = becomes[0]
        if len(becomes) == 1 and is_same(self.old, was, self.new, new):
            return
        if len(becomes) == 1 and is_elided(self.old, was, self.new, new):
            self.mends.append(Mend(name="kept-body", detail=scope.prefix + was.shown))
            return
        bodies = _bodies(was, new)
        if len(becomes) == 1 and bodies is not None and self._merges_members(was, new, bodies):
            self._put_members(was, new, bodies, scope)
            return
        indent, unit = indent_of(self.old, was.start), unit_of(self.old.data)
        text = f"\n{indent}".join(moved(self.new, piece, indent=indent, unit=unit) for piece in becomes)
        if text != self.old.text(was.lead, was.end):
            start = was.lead if new.lead < new.start else was.start
            self.edits.append((start, was.end, text))
            self.replaced.append(scope.prefix + was.shown)

    def _put_members(self, was: Piece, new: Piece, bodies: _Bodies, scope: _Scope) -> None:
        """Merge a class, `impl` or module member by member."""
        self._put_header(was, new, bodies)
        prefix = f"{scope.prefix}{was.shown}."
        inner = _Scope(prefix=prefix, indent=self._indent_in(was, bodies[0]), body=bodies[0])
        olds, news = (
            pieces_of(source, body) for source, body in zip((self.old, self.new), bodies, strict=True)
        )
        self._merge(_merged(olds), _merged(news), inner)

    def _merges_members(self, was: Piece, new: Piece, bodies: _Bodies) -> bool:
        """Not where the answer has all methods but lacks a field: then it says what the class is."""
        if lacks_members(self.old, was, self.new, new):
            return True
        keys = {piece.key for piece in pieces_of(self.new, bodies[1])}
        return all(piece.key in keys for piece in pieces_of(self.old, bodies[0]))

    def _put_header(self, was: Piece, new: Piece, bodies: _Bodies) -> None:
        """Take the answer's first line of a class where it says more: another base, a type parameter."""
        starts = declaration_of(was.node).start_byte, declaration_of(new.node).start_byte
        old_text = self.old.text(starts[0], bodies[0].start_byte)
        new_text = self.new.text(starts[1], bodies[1].start_byte)
        if set(old_text.split()) < set(new_text.split()):
            self.edits.append((starts[0], bodies[0].start_byte, new_text))
            self.replaced.append(was.shown)

    def _put_values(self, olds: Sequence[Piece], new: Piece, scope: _Scope) -> bool:
        """Merge constants, variables or types that are declared in other groups; whether there were any."""
        values = [piece for piece in olds if set(piece.names) & set(new.names) and _parts(self.old, piece)]
        parts = _parts(self.new, new)
        if not values or not parts:
            return False
        if len(values) == 1 and set(values[0].names) <= set(new.names):
            self._put(values[0], [new], scope)
            return True
        places = [(place, piece) for piece in values for place in _parts(self.old, piece)]
        extra: list[str] = []
        for part in parts:
            text = self.new.text(part.start, part.end)
            at = next(((place, piece) for place, piece in places if set(place.names) & set(part.names)), None)
            if at is None:
                extra.append(text)
                self.added += [scope.prefix + name for name in part.names]
            elif squeezed(self.old.text(at[0].start, at[0].end)) != squeezed(text):
                self.edits.append((at[0].start, at[0].end, text))
                self.replaced += [scope.prefix + name for name in part.names]
        last = places[-1][0]
        opening = self.old.data[values[-1].start : _parts(self.old, values[-1])[0].start]
        is_block = self.old.language == "go" and b"(" in opening
        word = self.old.text(values[-1].node.start_byte, last.start).split()[0]
        end = self.old.data.find(b"\n", last.end)
        for text in extra:
            if is_block and end >= 0:
                self.edits.append((end, end, f"\n{indent_of(self.old, last.start)}{text}"))
            else:
                tail = "" if self.old.language == "go" else ";"
                self.edits.append((values[-1].end, values[-1].end, f"\n{word} {text}{tail}"))
        return True

    def _without(self, piece: Piece) -> Edit:
        """The edit that removes a piece with its lines and the blank ones above."""
        start = len(self.old.data[: piece.lead].rstrip())
        return start, piece.end, ""

    def _add(
        self,
        rest: Sequence[tuple[int, Piece]],
        placed: dict[int, Piece],
        olds: Sequence[Piece],
        news: Sequence[Piece],
        scope: _Scope,
    ) -> None:
        """After the neighbour above it in the answer, or before the one below, or after the last definition."""
        known = dict(placed)
        for at, piece in rest:
            above = next((known[i] for i in range(at - 1, -1, -1) if i in known), None)
            below = next((known[i] for i in range(at + 1, len(news)) if i in known), None)
            known |= {at: above} if above is not None else {}
            near = news[at - 1 : at] if above is not None else news[at + 1 : at + 2]
            gap = self._gap(piece, near[0]) if near else "\n\n"
            self._insert(piece, above or (None if below else _last_definition(olds)), below, gap, scope)
            self.added.append(scope.prefix + piece.shown)

    def _gap(self, piece: Piece, near: Piece) -> str:
        """What parts two neighbours: fields and constants stay as close as they are in the answer."""
        first, second = sorted((piece, near), key=lambda one: one.start)
        is_tight = self.new.data.count(b"\n", first.end, second.lead) < 2
        has_body = piece.is_function or container_of(piece) is not None
        return "\n" if is_tight and not has_body else "\n\n"

    def _insert(
        self, piece: Piece, above: Piece | None, below: Piece | None, gap: str, scope: _Scope
    ) -> None:
        text = moved(self.new, piece, indent=scope.indent, unit=unit_of(self.old.data))
        if above is not None:
            self.edits.append((above.end, above.end, f"{gap}{scope.indent}{text}"))
        elif below is not None:
            self.edits.append((below.lead, below.lead, f"{text}{gap}{scope.indent}"))
        elif scope.body is not None:
            self._fill(scope, text)
        else:
            others = pieces_of(self.old)
            end = others[-1].end if others else len(self.old.data.rstrip())
            self.edits.append((end, end, f"{gap if end else ''}{text}{'' if end else chr(10)}"))

    def _fill(self, scope: _Scope, text: str) -> None:
        """Put a first member into an empty body."""
        body = scope.body
        if body is None:
            return
        inside = self.old.data[body.start_byte + 1 : body.end_byte - 1]
        kept = len(inside.rstrip())
        start = body.start_byte + 1 + kept
        has_more = any(edit[0] == start for edit in self.edits)
        outer = indent_of(self.old, body.start_byte)
        if has_more:
            at = next(i for i, edit in enumerate(self.edits) if edit[0] == start)
            first = self.edits[at][2].rstrip()
            self.edits[at] = (start, body.end_byte - 1, f"{first}\n\n{scope.indent}{text}\n{outer}")
        else:
            self.edits.append((start, body.end_byte - 1, f"\n{scope.indent}{text}\n{outer}"))

    def _indent_in(self, piece: Piece, body: Node) -> str:
        members = pieces_of(self.old, body)
        if members and members[0].node.start_point[0] != body.start_point[0]:
            return indent_of(self.old, members[0].start)
        return indent_of(self.old, piece.start) + (unit_of(self.old.data) or unit_of(self.new.data) or "  ")


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.kind in ("definition", "loose")]


def _last_definition(olds: Sequence[Piece]) -> Piece | None:
    found = [piece for piece in olds if piece.kind == "definition"]
    return found[-1] if found else (olds[-1] if olds else None)


def _parts(source: Source, piece: Piece) -> list[Part]:
    return parts_of(source, piece.node) if piece.names else []


def _namesakes(olds: Sequence[Piece], new: Piece, news: Sequence[Piece]) -> list[Piece]:
    """The old piece of the same name but another sort, such as an interface that becomes a class."""
    if new.kind != "definition" or len(new.names) != 1:
        return []
    keys = {piece.key for piece in news}
    found = [piece for piece in olds if piece.names == new.names and piece.key not in keys]
    return found if len(found) == 1 and "static" not in new.key + found[0].key else []


def _bodies(was: Piece, new: Piece) -> _Bodies | None:
    old_body, new_body = container_of(was), container_of(new)
    return (old_body, new_body) if old_body is not None and new_body is not None else None


def lacks_members(old: Source, was: Piece, new: Source, becomes: Piece) -> bool:
    """Whether the new version of a class misses methods of the old one; of an `impl` or module, anything at all."""
    bodies = _bodies(was, becomes)
    if bodies is None:
        return False
    has = {piece.key: piece for piece in pieces_of(new, bodies[1])}
    is_class = was.label.startswith(("class ", "abstract "))
    for piece in pieces_of(old, bodies[0]):
        if piece.kind not in ("definition", "loose"):
            continue
        there = has.get(piece.key)
        if there is None and (piece.is_function or not is_class):
            return True
        if there is not None and lacks_members(old, piece, new, there):
            return True
    return False

"""What a JavaScript or TypeScript file lets others use, and keeping to the file's way of saying it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smallcode_jupyter.workspace.grammar import Edit, Source, edited, read_source, walk
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.pieces import Piece, declaration_of, pieces_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Exports", "Style", "converted", "exports_of", "uses_of", "with_exports"]

Style = Literal["module", "commonjs", ""]
_OBJECT = re.compile(r"(?:module\.)?exports\Z")
_MEMBER = re.compile(r"(?:module\.)?exports\.(\w+)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """Of one file."""

    style: Style
    """Empty where nothing tells."""
    names: frozenset[str]
    """As others see them, `default` among them."""


def exports_of(source: Source) -> Exports:
    """What the file exports, and how it does."""
    names: set[str] = set()
    styles: set[Style] = set()
    for piece in pieces_of(source):
        node = piece.node
        if node.type in ("import_statement", "export_statement"):
            styles.add("module")
        elif piece.kind == "import" or piece.key.startswith(("module.exports", "exports.")):
            styles.add("commonjs")
        if node.type == "export_statement":
            names |= _named_by(source, piece)
        elif found := _MEMBER.match(piece.key):
            names.add(found[1])
        elif _OBJECT.match(piece.key):
            names |= _listed(source, node)
    return Exports(style=styles.pop() if len(styles) == 1 else "", names=frozenset(names))


def _named_by(source: Source, piece: Piece) -> set[str]:
    node = piece.node
    if any(part.type == "default" for part in node.children):
        return {"default"}
    clause = next((part for part in node.children if part.type == "export_clause"), None)
    if clause is None:
        return set(piece.names)
    return {
        source.of(part.child_by_field_name("alias") or part.child_by_field_name("name"))
        for part in clause.named_children
        if part.type == "export_specifier"
    }


def _right(node: Node) -> Node | None:
    first = node.named_children[0] if node.named_child_count else None
    return first.child_by_field_name("right") if first is not None else None


def _listed(source: Source, node: Node) -> set[str]:
    """The names in `module.exports = { ... }`; the one name in `module.exports = name`."""
    right = _right(node)
    if right is None or right.type != "object":
        return {source.of(right)} if right is not None and right.type == "identifier" else set()
    return {
        source.of(part if part.type == "shorthand_property_identifier" else part.child_by_field_name("key"))
        for part in right.named_children
        if part.type in ("shorthand_property_identifier", "pair")
    }


def converted(source: Source, style: Style) -> tuple[str, list[Mend]]:
    """The text with the imports and exports of the other style in this one; exported names are for `with_exports`."""
    edits: list[Edit] = []
    mends: list[Mend] = []
    for piece in pieces_of(source):
        node = piece.node
        is_module = node.type in ("import_statement", "export_statement")
        if style == "" or is_module == (style == "module") or not (is_module or _is_commonjs(piece)):
            continue
        if piece.kind == "import":
            lines = _required(source, node) if is_module else _imported(source, node)
            if not lines:
                continue
            edits.append((piece.start, piece.end, "\n".join(lines)))
            mends.append(Mend(name="converted-import", detail=lines[0]))
        elif is_module and piece.kind == "definition" and piece.names:
            edits.append((piece.start, declaration_of(node).start_byte, ""))
        elif piece.kind == "export" or declaration_of(node).type == "identifier":
            edits.append((piece.start, piece.end, ""))
    return edited(source.data, edits), mends


def _is_commonjs(piece: Piece) -> bool:
    return piece.kind == "import" or piece.key.startswith(("module.exports", "exports."))


def _required(source: Source, node: Node) -> list[str]:
    """An `import` statement as calls of `require`; nothing where it only names types."""
    module = source.of(node.child_by_field_name("source"))
    clause = next((part for part in node.named_children if part.type == "import_clause"), None)
    if clause is None:
        return [f"require({module});"] if module and node.named_child_count == 1 else []
    lines: list[str] = []
    for part in clause.named_children:
        if part.type == "named_imports":
            names = [
                ": ".join(source.of(one) for one in specifier.named_children)
                for specifier in part.named_children
            ]
            lines.append(f"const {{ {', '.join(names)} }} = require({module});")
        else:
            name = part.named_children[0] if part.type == "namespace_import" else part
            lines.append(f"const {source.of(name)} = require({module});")
    return lines


def _imported(source: Source, node: Node) -> list[str]:
    """Calls of `require` as `import` statements; nothing where one cannot be said so."""
    lines: list[str] = []
    for part in node.named_children:
        target = part.child_by_field_name("name")
        strings = [one for one in walk(part) if one.type == "string"]
        if target is None or len(strings) != 1:
            return []
        names = source.of(target)
        if target.type == "object_pattern":
            names = re.sub(r"\s*:\s*", " as ", names)
            if any(
                one.type not in ("shorthand_property_identifier_pattern", "pair_pattern")
                for one in target.named_children
            ):
                return []
        lines.append(f"import {names} from {source.of(strings[0])};")
    return lines


def with_exports(text: str, before: Source, wanted: Collection[str]) -> tuple[str, list[Mend]]:
    """Export the wanted names that the text defines and does not export, in the way of the file as it was."""
    source = read_source(text, before.language)
    was, now = exports_of(before), exports_of(source)
    pieces = pieces_of(source)
    homes = {name: piece for piece in pieces for name in piece.names if piece.kind == "definition"}
    missing = [name for name in homes if name in wanted and name not in now.names]
    style = now.style or was.style
    if not missing or not style:
        return text, []
    mends = [Mend(name="kept-export", detail=name) for name in missing]
    if style == "module":
        starts = dict.fromkeys(homes[name].start for name in missing)
        return edited(source.data, [(start, start, "export ") for start in starts]), mends
    return edited(source.data, [_assigned(source, pieces, missing, before)]), mends


def _assigned(source: Source, pieces: list[Piece], names: list[str], before: Source) -> Edit:
    """The edit that lists names in `module.exports`, or sets it below everything."""
    end = len(source.data.rstrip())
    exporting = [piece for piece in pieces if piece.kind != "import" and _is_commonjs(piece)]
    for piece in exporting:
        right = _right(piece.node) if _OBJECT.match(piece.key) else None
        if right is not None and right.type == "object":
            return _listing(source, right, names)
    if exporting:
        return end, end, "".join(f"\nmodule.exports.{name} = {name};" for name in names)
    only = [piece for piece in pieces_of(before) if _OBJECT.match(piece.key)]
    right = _right(only[0].node) if only else None
    value = names[0] if right is not None and right.type == "identifier" else f"{{ {', '.join(names)} }}"
    return end, end, f"\n\nmodule.exports = {value};"


def _listing(source: Source, right: Node, names: list[str]) -> Edit:
    """The edit that lists more names in an object."""
    members = right.named_children
    if not members:
        return right.start_byte, right.end_byte, f"{{ {', '.join(names)} }}"
    last = members[-1]
    is_long = last.start_point[0] != right.start_point[0]
    start = source.data.rfind(b"\n", 0, last.start_byte) + 1
    gap = "\n" + source.text(start, last.start_byte) if is_long else " "
    return last.end_byte, last.end_byte, "".join(f",{gap}{name}" for name in names)


def uses_of(source: Source, *, ignored: Collection[str] = ()) -> dict[str, int]:
    """How often each name stands in the file, its own definition included; not in pieces of the ignored kinds."""
    counts: dict[str, int] = {}
    for piece in pieces_of(source):
        for node in walk(piece.node) if piece.kind not in ignored else ():
            if not node.child_count and ("identifier" in node.type):
                counts[source.of(node)] = counts.get(source.of(node), 0) + 1
    return counts

"""What a Rust file defines, imports and calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smallcode_jupyter.index.facts import FileFacts, Import, SymbolKind, module_of
from smallcode_jupyter.index.languages.trees import line_of, matches_of, symbols_of
from smallcode_jupyter.workspace.grammar import Source, read_source
from smallcode_jupyter.workspace.pieces import Piece

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["extract"]

_INNER = """
(call_expression function: [(identifier) @call (field_expression field: (field_identifier) @call)
  (scoped_identifier name: (identifier) @call)])
(macro_invocation macro: (identifier) @call)
(impl_item trait: (type_identifier) @base)
(impl_item trait: (generic_type type: (type_identifier) @base))
(trait_bounds (type_identifier) @base)
(struct_item body: (field_declaration_list (field_declaration name: (field_identifier) @field)))
(enum_item body: (enum_variant_list (enum_variant name: (identifier) @field)))
"""
_USES = """
(use_declaration argument: (_) @use)
(mod_item name: (identifier) @module !body)
"""
_KINDS: dict[str, SymbolKind] = {
    "struct_item": "type",
    "enum_item": "type",
    "union_item": "type",
    "type_item": "type",
    "trait_item": "interface",
    "mod_item": "module",
    "macro_definition": "function",
    "const_item": "constant",
    "static_item": "constant",
    "impl_item": "impl",
}


def extract(path: str, text: str) -> FileFacts:
    """The facts of one file. Never raises."""
    source = read_source(text, "rust")
    return FileFacts(
        language="rust",
        symbols=symbols_of(source, _kind, inner=_INNER),
        imports=tuple(_imports(source, path)),
        lines=text.count("\n") + 1,
        note="has syntax errors" if source.has_error else "",
    )


def _kind(piece: Piece, owner: str) -> SymbolKind | None:
    if piece.is_function:
        return "method" if owner else "function"
    return _KINDS.get(piece.node.type)


def _imports(source: Source, path: str) -> Iterator[Import]:
    top = module_of(path)
    for found in matches_of(source, _USES):
        for node in found.get("module", ()):
            yield Import(target=f"{top}/{source.of(node)}", is_exact=True, line=line_of(node))
        for node in found.get("use", ()):
            module = "/".join([top, *_inside(source, node)])
            for parts in _paths(source, node, ()):
                one = _import(module, parts, line_of(node))
                if one is not None:
                    yield one


def _inside(source: Source, node: Node) -> list[str]:
    """The modules in the file that the node stands in, outermost first."""
    names: list[str] = []
    at = node.parent
    while at is not None:
        if at.type == "mod_item":
            names.insert(0, source.of(at.child_by_field_name("name")))
        at = at.parent
    return names


def _paths(source: Source, node: Node, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each path that a `use` names, as its parts."""
    if node.type in ("use_list", "scoped_use_list"):
        path = node.child_by_field_name("path")
        prefix = before + (tuple(source.of(path).split("::")) if path is not None else ())
        holder = node.child_by_field_name("list") or node
        for one in holder.named_children:
            if one.type != "line_comment" and one != path:
                yield from _paths(source, one, prefix)
        return
    if node.type == "use_as_clause":
        inner = node.child_by_field_name("path")
        if inner is not None:
            yield from _paths(source, inner, before)
        return
    yield before + tuple(part.strip() for part in source.of(node).split("::"))


def _import(module: str, parts: tuple[str, ...], line: int) -> Import | None:
    """The import of a path; None for the standard library."""
    if parts[0] in ("std", "core", "alloc") or not all(parts):
        return None
    *path, name = parts
    is_exact = parts[0] in ("crate", "self", "super")
    base = module.split("/")
    if parts[0] == "crate":
        base = base[: base.index("src") + 1] if "src" in base else base[:-1]
        path = path[1:]
    elif parts[0] == "self":
        path = path[1:]
    while path and path[0] == "super":
        base, path = base[:-1], path[1:]
    if not is_exact:
        base = []
    names = () if name == "self" else (name,)
    return Import(target="/".join([*base, *path]), names=names, is_exact=is_exact, line=line)

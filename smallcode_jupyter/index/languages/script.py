"""What a JavaScript or TypeScript file defines, imports and calls."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from smallcode_jupyter.index.facts import FileFacts, Import, SymbolKind, module_of
from smallcode_jupyter.index.languages.trees import line_of, matches_of, symbols_of
from smallcode_jupyter.workspace.grammar import Source, language_of, read_source
from smallcode_jupyter.workspace.pieces import Piece, declaration_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["extract", "target_of"]

_CALLS = """
(call_expression function: [(identifier) @call (member_expression property: (property_identifier) @call)])
(new_expression constructor: (identifier) @call)
"""
_JSX = """
(jsx_self_closing_element name: (identifier) @call)
(jsx_opening_element name: (identifier) @call)
"""
_SCRIPT_BASES = "(class_heritage (identifier) @base)"
_TYPED = """
(extends_clause value: [(identifier) @base (member_expression property: (property_identifier) @base)])
(implements_clause (type_identifier) @base)
(extends_type_clause type: (type_identifier) @base)
(interface_body (property_signature name: (property_identifier) @field))
(interface_body (method_signature name: (property_identifier) @field))
(object_type (property_signature name: (property_identifier) @field))
"""
_INNER = {
    "javascript": _CALLS + _JSX + _SCRIPT_BASES,
    "typescript": _CALLS + _TYPED,
    "tsx": _CALLS + _JSX + _TYPED,
}
_IMPORTS = """
(import_statement source: (string) @source) @statement
(export_statement source: (string) @source) @statement
(call_expression function: [(identifier) (import)] @function arguments: (arguments . (string) @source)) @call
"""
_KINDS: dict[str, SymbolKind] = {
    "interface_declaration": "interface",
    "type_alias_declaration": "type",
    "enum_declaration": "type",
    "class_declaration": "class",
    "abstract_class_declaration": "class",
    "internal_module": "module",
    "module": "module",
}
_SUFFIX = re.compile(r"\.(?:d\.ts|[cm]?[jt]sx?)$")
_ALIAS = re.compile(r"^(?:@|~)/")


def extract(path: str, text: str) -> FileFacts:
    """The facts of one file. Never raises."""
    source = read_source(text, language_of(path) or "javascript")
    return FileFacts(
        language="javascript" if source.language == "javascript" else "typescript",
        symbols=symbols_of(source, _kind, inner=_INNER[source.language]),
        imports=tuple(_imports(source, path)),
        lines=text.count("\n") + 1,
        note="has syntax errors" if source.has_error else "",
    )


def _kind(piece: Piece, owner: str) -> SymbolKind | None:
    node = declaration_of(piece.node)
    if node.type in _KINDS:
        return _KINDS[node.type]
    if owner and node.type in ("method_definition", "method_signature", "abstract_method_signature"):
        return "method"
    if owner and "field_definition" in node.type:
        return "method" if piece.is_function else "field"
    if piece.is_function:
        return "function"
    first = next(iter(piece.names), "")
    return "constant" if first.isupper() else "variable"


def _imports(source: Source, path: str) -> Iterator[Import]:
    for found in matches_of(source, _IMPORTS):
        text = source.of(found["source"][0]).strip("'\"")
        if "call" in found:
            function = source.of(found["function"][0])
            if function in ("require", "import"):
                yield _import(path, text, _required(source, found["call"][0]), found["call"][0])
            continue
        statement = found["statement"][0]
        yield _import(path, text, tuple(_named(source, statement)), statement)


def _import(path: str, text: str, names: tuple[str, ...], node: Node) -> Import:
    target, is_exact = target_of(path, text)
    return Import(target=target, names=names, is_exact=is_exact, line=line_of(node))


def target_of(path: str, text: str) -> tuple[str, bool]:
    """The module that a path in a script means, and whether it is counted from the root."""
    stem = _SUFFIX.sub("", text)
    if not text.startswith("."):
        return _ALIAS.sub("", stem), False
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), stem))
    return module_of(f"{joined}.js").removeprefix("./"), True


def _named(source: Source, statement: Node) -> Iterator[str]:
    """What an `import` takes or an `export ... from` passes on, as the other file calls it."""
    for part in statement.named_children:
        if part.type == "export_clause":
            yield from (source.of(one.child_by_field_name("name")) for one in part.named_children)
        elif part.type in ("namespace_export", "namespace_import"):
            yield "*"
        elif part.type == "import_clause":
            for one in part.named_children:
                if one.type == "named_imports":
                    yield from (
                        source.of(name.child_by_field_name("name"))
                        for name in one.named_children
                        if name.type == "import_specifier"
                    )
                else:
                    yield "*" if one.type == "namespace_import" else "default"
    if any(child.type == "*" for child in statement.children):
        yield "*"


def _required(source: Source, call: Node) -> tuple[str, ...]:
    """The names in `const { a, b: c } = require(...)`."""
    holder = call.parent
    if holder is not None and holder.type == "await_expression":
        holder = holder.parent
    pattern = holder.child_by_field_name("name") if holder is not None else None
    if pattern is None or pattern.type != "object_pattern":
        return ()
    return tuple(
        source.of(one.child_by_field_name("key") if one.type == "pair_pattern" else one)
        for one in pattern.named_children
    )

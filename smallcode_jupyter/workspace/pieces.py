"""The statements of a file or of a class, each with the comments and attributes that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from smallcode_jupyter.workspace.grammar import Source, walk

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = [
    "ATTRIBUTES", "COMMENTS", "Kind", "Part", "Piece", "code_of", "container_of", "declaration_of", "owned_name",
    "parts_of", "pieces_of", "squeezed",
]  # fmt: skip

Kind = Literal["header", "package", "import", "definition", "export", "loose"]
COMMENTS = frozenset({"comment", "line_comment", "block_comment"})
ATTRIBUTES = frozenset({"attribute_item", "decorator"})
_INNER_DOC = (b"//!", b"/*!")
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One statement or member. Offsets are in bytes of its source."""

    kind: Kind
    key: str
    """What it is, the same in another version of the file: `Recent`, `Guard.Fail`, `impl Shape for Dot`, `get size`."""
    names: tuple[str, ...]
    """What it binds in its scope."""
    label: str
    """What it is called in messages: `func main`."""
    node: Node
    lead: int
    """Where the comments and attributes directly above begin; `start` where there are none."""
    start: int
    end: int
    """After it, its semicolon and a comment on the same line."""
    is_function: bool = False

    @property
    def shown(self) -> str:
        return ", ".join(self.names) or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several values that a statement declares."""

    names: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    kind: Kind
    key: str = ""
    names: tuple[str, ...] = ()
    is_function: bool = False


def pieces_of(source: Source, scope: Node | None = None) -> list[Piece]:
    """The pieces of the file, or of the body of a class, impl, module or group of tests, in order."""
    found: list[Piece] = []
    lead, lead_row, is_bound = -1, -2, False
    last_row = -1
    for node in (scope or source.root).children:
        end = _end_of(source, node)
        row, end_row = node.start_point[0], source.data.count(b"\n", 0, end)
        if (
            node.type in COMMENTS and source.data.startswith(_INNER_DOC, node.start_byte)
        ) or not node.is_named:
            if found and node.type == ";" and not source.data[found[-1].end : node.start_byte].strip():
                found[-1] = replace(found[-1], end=end)
            continue
        if node.type in COMMENTS and row == last_row and found:
            found[-1] = replace(found[-1], end=end)
            continue
        if node.type in COMMENTS or node.type in ATTRIBUTES:
            if lead < 0 or (row - lead_row > 1 and not is_bound):
                lead = node.start_byte
            lead_row, is_bound = end_row, is_bound or node.type in ATTRIBUTES
            continue
        kind = _classified(source, node)
        if kind is not None:
            start = node.start_byte
            is_own = lead >= 0 and (is_bound or row - lead_row <= 1)
            found.append(
                Piece(
                    kind=kind.kind,
                    key=kind.key or squeezed(source.of(node)),
                    names=kind.names,
                    label=_label(source, node, kind),
                    node=node,
                    lead=lead if is_own else start,
                    start=start,
                    end=end,
                    is_function=kind.is_function,
                )
            )
            last_row = end_row
        lead, lead_row, is_bound = -1, -2, False
    return found


def _end_of(source: Source, node: Node) -> int:
    """Without the line end that some comments include."""
    return node.start_byte + len(source.data[node.start_byte : node.end_byte].rstrip())


def squeezed(text: str) -> str:
    """With single blanks, and none at the ends."""
    return " ".join(text.split())


def code_of(node: Node) -> tuple[bytes, ...]:
    """Its words without comments: the same for another layout."""
    words: list[bytes] = []
    stack = [node]
    while stack:
        at = stack.pop()
        if at.type in COMMENTS:
            continue
        if not at.child_count and at.text and at.text.strip():
            words.append(at.text)
        stack += reversed(at.children)
    return tuple(words)


def _label(source: Source, node: Node, found: _Found) -> str:
    inner = declaration_of(node)
    text = squeezed(source.of(inner)).removesuffix(";")
    word = re.match(r"(?:pub\S* |async |unsafe |export |default |abstract |declare )*(\w+)", text)
    names = ", ".join(found.names) or found.key
    if inner.type in _METHODS:
        return found.key
    if found.kind == "definition" and word is not None and names and names != word[1]:
        return names if names.startswith(word[1] + " ") else f"{word[1]} {names}"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def declaration_of(node: Node) -> Node:
    """The declaration in an `export` or `declare`."""
    if node.type == "export_statement":
        return node.child_by_field_name("declaration") or node.child_by_field_name("value") or node
    if node.type == "ambient_declaration":
        return next((part for part in node.named_children if part.type not in COMMENTS), node)
    if node.type == "expression_statement" and node.named_child_count == 1:
        first = node.named_children[0]
        return first if first.type in ("internal_module", "module") else node
    return node


def _classified(source: Source, node: Node) -> _Found | None:
    """What the statement is; None for what counts for nothing."""
    only = [part.type for part in node.named_children] if node.type == "expression_statement" else []
    if node.type in ("empty_statement", "ERROR") or only in (["identifier"], ["number"], ["regex"]):
        return None
    if source.language == "go":
        return _go(source, node)
    if source.language == "rust":
        return _rust(source, node)
    return _script(source, node)


def _named(source: Source, node: Node, *, key: str = "{}", is_function: bool = False) -> _Found:
    name = source.of(node.child_by_field_name("name"))
    return _Found(kind="definition", key=key.format(name), names=(name,), is_function=is_function)


def _values(source: Source, node: Node, parts: list[Part]) -> _Found:
    names = tuple(name for part in parts for name in part.names)
    is_blank = not names or set(names) == {"_"}
    return _Found(
        kind="definition", key=squeezed(source.of(node)) if is_blank else ", ".join(names), names=names
    )


def _go(source: Source, node: Node) -> _Found:
    match node.type:
        case "package_clause":
            return _Found(kind="package", key="package")
        case "import_declaration":
            return _Found(kind="import")
        case "function_declaration":
            return _named(source, node, is_function=True)
        case "method_declaration":
            owner = re.search(
                r"(\w+)\s*(?:\[[^\]]*\])?\s*\)$", source.of(node.child_by_field_name("receiver"))
            )
            key = f"{owner[1] if owner else ''}.{source.of(node.child_by_field_name('name'))}"
            return _Found(kind="definition", key=key, is_function=True)
        case "type_declaration" | "const_declaration" | "var_declaration":
            return _values(source, node, parts_of(source, node))
    return _Found(kind="loose")


_RUST_TYPES = frozenset({"struct_item", "enum_item", "union_item", "type_item", "trait_item"})


def _rust(source: Source, node: Node) -> _Found:
    match node.type:
        case "use_declaration" | "extern_crate_declaration":
            return _Found(kind="import")
        case "inner_attribute_item":
            return _Found(kind="header")
        case "function_item" | "function_signature_item":
            return _named(source, node, is_function=True)
        case "const_item" | "static_item":
            return _named(source, node)
        case "mod_item":
            return _named(source, node, key="mod {}")
        case "macro_definition":
            return _named(source, node, key="{}!")
        case "impl_item":
            trait = squeezed(source.of(node.child_by_field_name("trait")))
            owner = squeezed(source.of(node.child_by_field_name("type")))
            return _Found(kind="definition", key=f"impl {trait} for {owner}" if trait else f"impl {owner}")
    if node.type in _RUST_TYPES:
        return _named(source, node, key="type {}")
    return _Found(kind="loose", key=_loose_key(source, node))


_FUNCTIONS = frozenset({"function_declaration", "generator_function_declaration", "function_signature"})
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "enum_declaration"})
_METHODS = frozenset({"method_definition", "method_signature", "abstract_method_signature"})
_LAMBDAS = frozenset({"arrow_function", "function_expression", "generator_function"})


def _script(source: Source, node: Node) -> _Found:
    inner = declaration_of(node)
    kind = inner.type
    if kind in ("import_statement", "import_alias"):
        return _Found(kind="import")
    if kind == "hash_bang_line" or _is_directive(node):
        return _Found(kind="header")
    if kind in _FUNCTIONS or kind in _CLASSES:
        return _named(source, inner, is_function=kind in _FUNCTIONS)
    if kind in ("type_alias_declaration", "interface_declaration"):
        return _named(source, inner, key="type {}")
    if kind in ("internal_module", "module"):
        return _named(source, inner)
    if kind in ("lexical_declaration", "variable_declaration"):
        return _script_values(source, inner)
    if kind in _METHODS or kind in ("public_field_definition", "field_definition"):
        return _member(source, inner)
    if node.type == "export_statement":
        is_value = node.child_by_field_name("value") is not None
        return _Found(kind="definition", key="default") if is_value else _Found(kind="export")
    if kind == "expression_statement":
        return _expression(source, node)
    return _Found(kind="loose", key=_loose_key(source, node))


def _is_directive(node: Node) -> bool:
    return node.type == "expression_statement" and [part.type for part in node.named_children] == ["string"]


def _script_values(source: Source, node: Node) -> _Found:
    values = [
        part.child_by_field_name("value")
        for part in node.named_children
        if part.type == "variable_declarator"
    ]
    calls = [value for value in values if value is not None and value.type == "call_expression"]
    callees = {source.of(value.child_by_field_name("function")) for value in calls}
    if values and len(calls) == len(values) and callees == {"require"}:
        return _Found(kind="import")
    found = _values(source, node, parts_of(source, node))
    is_function = len(values) == 1 and values[0] is not None and values[0].type in _LAMBDAS
    return replace(found, is_function=is_function)


def _member(source: Source, node: Node) -> _Found:
    """A method or field; the two halves of a property, and static ones, are apart from their namesakes."""
    name = source.of(node.child_by_field_name("name") or node.child_by_field_name("property"))
    words = [part.type for part in node.children if part.type in ("static", "get", "set")]
    value = node.child_by_field_name("value")
    is_function = node.type in _METHODS or (value is not None and value.type in _LAMBDAS)
    return _Found(kind="definition", key=" ".join([*words, name]), names=(name,), is_function=is_function)


def _expression(source: Source, node: Node) -> _Found:
    first = node.named_children[0] if node.named_child_count else node
    if first.type == "assignment_expression":
        left, right = (
            squeezed(source.of(first.child_by_field_name("left"))),
            first.child_by_field_name("right"),
        )
        kind = right.type if right is not None else ""
        if re.match(r"(module\.)?exports\b", left):
            is_list = kind in ("identifier", "member_expression") or (kind == "object" and _is_list(right))
            return _Found(kind="export" if is_list else "definition", key=left, is_function=kind in _LAMBDAS)
        if kind in _LAMBDAS and ".prototype." in left:
            return _Found(kind="definition", key=left, names=(left,), is_function=True)
    return _Found(kind="loose", key=_loose_key(source, node))


def _is_list(node: Node | None) -> bool:
    """Whether an object only lists names."""
    for part in node.named_children if node is not None else []:
        value = part.child_by_field_name("value")
        is_plain = part.type == "shorthand_property_identifier" or (
            value is not None and value.type == "identifier"
        )
        if not is_plain and part.type not in COMMENTS:
            return False
    return True


def _loose_key(source: Source, node: Node) -> str:
    """What a statement does, without how: the callee with a first text, or what is assigned to."""
    first = node.named_children[0] if node.type == "expression_statement" and node.named_child_count else node
    if first.type == "call_expression":
        called = first.child_by_field_name("arguments")
        given = called.named_children[0] if called is not None and called.named_child_count else None
        title = source.of(given) if given is not None and "string" in given.type else ""
        return squeezed(f"{source.of(first.child_by_field_name('function'))} {title}").strip()
    if first.type == "assignment_expression":
        return squeezed(source.of(first.child_by_field_name("left")))
    return squeezed(source.of(node))


def parts_of(source: Source, node: Node) -> list[Part]:
    """The single values of a declaration of types, constants or variables."""
    parts: list[Part] = []
    for spec in declaration_of(node).named_children:
        for one in spec.named_children if spec.type.endswith("_spec_list") else [spec]:
            if one.type == "variable_declarator":
                bound = one.child_by_field_name("name")
                names = _bound(bound) if bound is not None else []
            elif one.type in ("type_spec", "type_alias", "const_spec", "var_spec"):
                names = one.children_by_field_name("name")
            else:
                continue
            texts = tuple(source.of(name) for name in names)
            parts.append(Part(names=texts, start=one.start_byte, end=one.end_byte))
    return parts


def _bound(node: Node) -> list[Node]:
    """The identifiers that a pattern binds."""
    kinds = ("identifier", "shorthand_property_identifier_pattern")
    return [part for part in walk(node) if part.type in kinds]


def container_of(piece: Piece) -> Node | None:
    """The body whose members can be merged one by one; None for what is replaced whole."""
    inner = declaration_of(piece.node)
    if inner.type in ("class_declaration", "abstract_class_declaration", "internal_module", "module"):
        return inner.child_by_field_name("body")
    if inner.type in ("impl_item", "trait_item", "mod_item"):
        return inner.child_by_field_name("body")
    if piece.kind == "loose" and re.match(r"describe\b", piece.key):
        bodies = [part for part in walk(inner) if part.type == "statement_block"]
        return bodies[0] if bodies else None
    return None


def owned_name(source: Source, piece: Piece) -> str:
    """The type whose block an `impl` is, without its parameters; empty for other pieces."""
    if piece.node.type != "impl_item":
        return ""
    found = re.match(r"[\w:]+", source.of(piece.node.child_by_field_name("type")))
    return found[0] if found else ""

"""Renaming in Go: what a package declares, and fields and methods whose name only one type has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.renaming.files import refused
from smallcode_jupyter.index.renaming.outcome import Transformation
from smallcode_jupyter.index.renaming.tokens import Decide, Target, Token, TokenFile, rename_tokens
from smallcode_jupyter.index.view import View
from smallcode_jupyter.index.words import word_set
from smallcode_jupyter.workspace.grammar import walk

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["rename_go"]

_BINDING_FIELDS = {
    "function_declaration": "name",
    "type_spec": "name",
    "type_alias": "name",
    "const_spec": "name",
    "var_spec": "name",
    "parameter_declaration": "name",
    "variadic_parameter_declaration": "name",
    "type_parameter_declaration": "name",
    "import_spec": "name",
}
_BINDING_LISTS = frozenset({"short_var_declaration", "range_clause", "receive_statement"})
_RESERVED = word_set(
    "break case chan const continue default defer else fallthrough for func go goto if import interface map "
    "package range return select struct switch type var append cap clear close complex copy delete false imag "
    "iota len make max min new nil panic print println real recover true any bool byte error float32 float64 "
    "int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr"
)
_KNOWN_METHODS = word_set(
    "Add Addr After As Before Bytes Clone Close Code Context Count Cookie Decode Delete Do Done Encode Err "
    "Error Equal Flush Format Get Handle Header Host Init Int Is Key Keys Kind Len Less Load Lock Log Method "
    "Name Next Open Parse Path Pop Print Printf Push Put Range Read Reset Run Scan Seek Send Serve ServeHTTP "
    "Set Size Start Stop Store String Sub Swap Text Time Type Unlock Unwrap Update URL Value Wait Write"
)
"""Fields and methods of the standard library's types, or asked for by its interfaces."""


def rename_go(index: CodeIndex, view: View, target: Target) -> Transformation:
    """Raises WorkspaceError where it is not exact."""
    if target.new in _RESERVED:
        raise refused(target.old, f"`{target.new}` is a word of the language.")
    if target.old[:1].isupper() != target.new[:1].isupper():
        raise refused(target.old, "A first letter in another case makes it visible elsewhere, or hides it.")
    folder = target.path.rpartition("/")[0]
    taken = [row.path for row in view.files([file for file, _ in view.symbols_named([target.new])])]
    if not target.is_member and any(path.rpartition("/")[0] == folder for path in taken):
        raise refused(target.old, f"The package has a `{target.new}` already.")

    def plan(files: list[TokenFile], tokens: list[Token]) -> Decide:
        return (
            _member_plan(target, files, tokens) if target.is_member else _package_plan(view, target, tokens)
        )

    return rename_tokens(index, view, target, languages=frozenset({"go"}), plan=plan)


def _package_plan(view: View, target: Target, tokens: list[Token]) -> Decide:
    folder = target.path.rpartition("/")[0]
    paths = {
        "/".join(part for part in (one.name, folder.removeprefix(one.folder).strip("/")) if part)
        for one in view.packages
        if one.manifest == "go.mod" and (not one.folder or f"{folder}/".startswith(f"{one.folder}/"))
    }

    def decide(token: Token) -> str | None:
        node, parent = token.node, token.node.parent
        assert parent is not None
        is_own = token.file.row.path.rpartition("/")[0] == folder
        if parent.type in ("selector_expression", "qualified_type") and parent.children[0] != node:
            package = token.file.source.of(parent.children[0])
            is_meant = not is_own and _imports(token.file, package) in paths
            return target.new if is_meant else None
        if not is_own or node.type in ("field_identifier", "package_identifier") or _is_key(node):
            return None
        if _is_binding(node) and not _is_at_top(node):
            raise refused(target.old, f"{token.at} binds a name `{target.old}`, too.")
        return target.new

    return decide


def _imports(file: TokenFile, package: str) -> str:
    """The path of the package that is called so in the file; empty where none is."""
    for node in walk(file.source.root):
        if node.type == "import_spec":
            path = file.source.of(node.child_by_field_name("path")).strip('"`')
            alias = file.source.of(node.child_by_field_name("name"))
            if package == (alias or path.rpartition("/")[2]):
                return path
    return ""


def _is_key(node: Node) -> bool:
    """Whether it is the `Name` in `Type{Name: value}`, or the key of a map."""
    holder = node.parent
    pair = holder.parent if holder is not None and holder.type == "literal_element" else None
    return pair is not None and pair.type == "keyed_element" and pair.children[0] == holder


def _is_binding(node: Node) -> bool:
    parent = node.parent
    assert parent is not None
    if node in parent.children_by_field_name(_BINDING_FIELDS.get(parent.type, "")):
        return True
    holder = parent.parent
    is_left = (
        holder is not None and holder.type in _BINDING_LISTS and holder.child_by_field_name("left") == parent
    )
    return is_left and parent.type == "expression_list"


def _is_at_top(node: Node) -> bool:
    at = node.parent
    if at is not None and at.type in ("parameter_declaration", "variadic_parameter_declaration"):
        return False
    while at is not None and at.type not in ("source_file", "block"):
        at = at.parent
    return at is not None and at.type == "source_file"


def _member_plan(target: Target, files: list[TokenFile], tokens: list[Token]) -> Decide:
    if target.old in _KNOWN_METHODS:
        raise refused(target.old, f"Types of the standard library have a `{target.old}`, too.")
    homes = [token for token in tokens if _is_declared(token.node)]
    if len(homes) != 1:
        places = " and ".join(token.at for token in homes[:3])
        raise refused(target.old, f"It is declared in {places}; which is meant elsewhere cannot be told.")
    if homes[0].node.parent is not None and homes[0].node.parent.type == "field_declaration":
        _refuse_encoding(target, files, homes[0])

    def decide(token: Token) -> str | None:
        if token.node.type == "field_identifier":
            return target.new
        if not _is_key(token.node):
            return None
        if _literal_type(token) == target.symbol.owner:
            return target.new
        raise refused(target.old, f"{token.at}: whose `{target.old}` this is cannot be told.")

    return decide


def _is_declared(node: Node) -> bool:
    parent = node.parent
    kinds = ("field_declaration", "method_declaration", "method_elem")
    return parent is not None and parent.type in kinds and node in parent.children_by_field_name("name")


def _literal_type(token: Token) -> str:
    """The type before the braces in which a key stands, without its package."""
    at: Node | None = token.node
    while at is not None and at.type != "composite_literal":
        at = at.parent
    kind = at.child_by_field_name("type") if at is not None else None
    return token.file.source.of(kind).rpartition(".")[2]


def _refuse_encoding(target: Target, files: list[TokenFile], home: Token) -> None:
    """A field without a tag is written under its own name."""
    declaration = home.node.parent
    if (
        declaration is None
        or declaration.child_by_field_name("tag") is not None
        or not target.old[:1].isupper()
    ):
        return
    for file in files:
        for package in ("json", "xml", "gob"):
            if _imports(file, package).startswith("encoding/"):
                raise refused(
                    target.old, f"{file.row.path} encodes values: the field's name may become data."
                )

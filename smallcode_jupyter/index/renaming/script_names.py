"""Renaming in JavaScript and TypeScript, where the name is bound in one place of the whole workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.languages.script import target_of
from smallcode_jupyter.index.renaming.files import refused
from smallcode_jupyter.index.renaming.outcome import Transformation
from smallcode_jupyter.index.renaming.tokens import Decide, Target, Token, TokenFile, rename_tokens
from smallcode_jupyter.index.view import View
from smallcode_jupyter.index.words import word_set
from smallcode_jupyter.workspace.grammar import walk

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["rename_script"]

Role = Literal[
    "binding", "local import", "import", "use", "shorthand", "pattern", "key", "member", "member use"
]
_BINDING_FIELDS = {
    "function_declaration": "name",
    "generator_function_declaration": "name",
    "function_signature": "name",
    "function_expression": "name",
    "class_declaration": "name",
    "abstract_class_declaration": "name",
    "class": "name",
    "interface_declaration": "name",
    "type_alias_declaration": "name",
    "enum_declaration": "name",
    "internal_module": "name",
    "module": "name",
    "variable_declarator": "name",
    "required_parameter": "pattern",
    "optional_parameter": "pattern",
    "arrow_function": "parameter",
    "catch_clause": "parameter",
    "for_in_statement": "left",
    "assignment_pattern": "left",
    "object_assignment_pattern": "left",
    "pair_pattern": "value",
    "type_parameter": "name",
}
_BINDING_PARENTS = frozenset({"formal_parameters", "rest_pattern", "array_pattern"})
_MEMBERS = frozenset(
    {"method_definition", "method_signature", "abstract_method_signature", "public_field_definition"}
    | {"field_definition", "property_signature", "enum_assignment", "enum_body"}
)
_RESERVED = word_set(
    "await break case catch class const continue debugger default delete do else enum export extends false "
    "finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof undefined var void while with yield"
)
_GLOBAL_MEMBERS = word_set(
    "length name message stack cause constructor prototype toString valueOf hasOwnProperty at concat copyWithin "
    "entries every fill filter find findIndex findLast flat flatMap forEach from includes indexOf join keys "
    "lastIndexOf map of pop push reduce reverse shift slice some sort splice unshift values with charAt "
    "charCodeAt codePointAt endsWith localeCompare match matchAll normalize padEnd padStart repeat replace "
    "replaceAll search split startsWith substring toLowerCase toUpperCase trim trimEnd trimStart add clear "
    "delete get has set size then catch finally all race any resolve reject call apply bind exec test source "
    "flags getTime getDate getDay getMonth getFullYear toISOString toFixed toJSON parse stringify log error "
    "warn info next return throw done value start end write read close open on off once emit id type title "
    "style status state data text json body url href"
)
"""Members of what the language, the browser or Node brings along."""


def rename_script(index: CodeIndex, view: View, target: Target) -> Transformation:
    """Raises WorkspaceError where it is not exact."""
    if target.new in _RESERVED:
        raise refused(target.old, f"`{target.new}` is a word of the language.")

    def plan(files: list[TokenFile], tokens: list[Token]) -> Decide:
        roles = {token.node.id: _role(token) for token in tokens}
        if target.is_member:
            return _member_plan(target, files, tokens, roles)
        return _top_plan(view, target, tokens, roles)

    return rename_tokens(index, view, target, languages=frozenset({"javascript", "typescript"}), plan=plan)


def _role(token: Token) -> Role:
    node, parent = token.node, token.node.parent
    assert parent is not None
    if node.type in ("property_identifier", "private_property_identifier"):
        if parent.type == "member_expression":
            return "member use"
        return "key" if parent.type in ("pair", "pair_pattern") else "member"
    if node.type == "shorthand_property_identifier_pattern":
        return "import" if _required(token) else "pattern"
    if node.type == "shorthand_property_identifier":
        return "use" if _is_exported(token) else "shorthand"
    if parent.type == "import_specifier":
        return "binding" if parent.child_by_field_name("alias") == node else "import"
    if parent.type == "export_specifier":
        return "binding" if parent.child_by_field_name("alias") == node else "use"
    if parent.type in ("import_clause", "namespace_import"):
        return "local import"
    is_field = parent.child_by_field_name(_BINDING_FIELDS.get(parent.type, "")) == node
    return "binding" if is_field or parent.type in _BINDING_PARENTS else "use"


def _required(token: Token) -> str:
    """The path in `const { name } = require("path")`; empty for another pattern."""
    holder = token.node.parent.parent if token.node.parent is not None else None
    value = holder.child_by_field_name("value") if holder is not None else None
    if value is None or value.type != "call_expression":
        return ""
    source = token.file.source
    if source.of(value.child_by_field_name("function")) != "require":
        return ""
    return source.of(value.child_by_field_name("arguments")).strip("()'\"` ")


def _is_exported(token: Token) -> bool:
    """Whether it is a name listed in `module.exports = { ... }`."""
    holder = token.node.parent.parent if token.node.parent is not None else None
    left = token.file.source.of(holder.child_by_field_name("left")) if holder is not None else ""
    return left in ("module.exports", "exports")


def _imported_path(token: Token) -> str:
    at: Node | None = token.node
    while at is not None and at.type != "import_statement":
        at = at.parent
    if at is None:
        return _required(token)
    return token.file.source.of(at.child_by_field_name("source")).strip("'\"")


def _top_plan(view: View, target: Target, tokens: list[Token], roles: dict[int, Role]) -> Decide:
    elsewhere = {
        token.file.row.path
        for token in tokens
        if roles[token.node.id] == "local import" and token.file.row.path != target.path
    }
    for token in tokens:
        role, path = roles[token.node.id], token.file.row.path
        if path in elsewhere:
            continue
        if role == "binding" and not (path == target.path and _is_at_top(token.node)):
            raise refused(target.old, f"{token.at} binds a name `{target.old}`, too.")
        if role == "pattern":
            raise refused(target.old, f"{token.at} takes a `{target.old}` out of an object.")
        if role == "import" and not _is_of_workspace(view, token):
            raise refused(target.old, f"{token.at} imports a `{target.old}` from elsewhere.")

    def decide(token: Token) -> str | None:
        role = roles[token.node.id]
        if token.file.row.path in elsewhere or role in ("key", "member"):
            return None
        if role == "member use":
            return target.new if _is_of_namespace(view, token) else None
        return f"{target.old}: {target.new}" if role == "shorthand" else target.new

    return decide


def _is_at_top(node: Node) -> bool:
    """Whether a declaration stands at the top of its file, perhaps exported."""
    at = node.parent
    while at is not None and at.type not in ("program", "statement_block", "class_body", "formal_parameters"):
        at = at.parent
    return at is not None and at.type == "program"


def _is_of_workspace(view: View, token: Token) -> bool:
    text = _imported_path(token)
    target, is_exact = target_of(token.file.row.path, text)
    if is_exact:
        return bool(view.files_of_module([target]))
    return any(text == one.name or text.startswith(f"{one.name}/") for one in view.packages)


def _is_of_namespace(view: View, token: Token) -> bool:
    """Whether it stands behind the name of a whole module of the workspace: `geo.dist`."""
    parent = token.node.parent
    receiver = parent.child_by_field_name("object") if parent is not None else None
    if receiver is None or receiver.type != "identifier":
        return False
    name = token.file.source.of(receiver)
    for node in walk(token.file.source.root):
        if node.type == "namespace_import" and token.file.source.of(node).split()[-1] == name:
            return _is_of_workspace(view, Token(token.file, node))
        if (
            node.type == "variable_declarator"
            and token.file.source.of(node.child_by_field_name("name")) == name
        ):
            value = token.file.source.of(node.child_by_field_name("value"))
            if value.startswith("require("):
                path = value.removeprefix("require(").strip("()'\"` ;")
                return bool(view.files_of_module([target_of(token.file.row.path, path)[0]]))
    return False


def _member_plan(
    target: Target, files: list[TokenFile], tokens: list[Token], roles: dict[int, Role]
) -> Decide:
    if target.old in _GLOBAL_MEMBERS:
        raise refused(target.old, f"Objects of JavaScript itself have a `{target.old}`.")
    homes = [token for token in tokens if roles[token.node.id] == "member"]
    for token in homes:
        line = token.node.start_point[0] + 1
        if token.file.row.path != target.path or _class_of(token.node) != _class_of(homes[0].node):
            raise refused(
                target.old, f"{homes[0].at} and {token.at} both have a `{target.old}`, line {line}."
            )
    for token in tokens:
        if roles[token.node.id] in ("key", "shorthand", "pattern"):
            raise refused(target.old, f"{token.at}: whose `{target.old}` this is cannot be told.")
    quoted = {f'"{target.old}"', f"'{target.old}'", f"`{target.old}`"}
    for file in files:
        for node in walk(file.source.root):
            if node.type in ("string", "template_string") and file.source.of(node) in quoted:
                place = f"{file.row.path}:{node.start_point[0] + 1}"
                raise refused(target.old, f"{place} has it as a text, by which members can be reached.")

    def decide(token: Token) -> str | None:
        return target.new if roles[token.node.id] in ("member", "member use") else None

    return decide


def _class_of(node: Node) -> int:
    at = node.parent
    while at is not None and at.type not in ("class_body", "interface_body", "object_type", "enum_body"):
        at = at.parent
    return at.id if at is not None else -1

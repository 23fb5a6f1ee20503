"""What a Go file defines, imports and calls."""

from __future__ import annotations

from smallcode_jupyter.index.facts import FileFacts, Import, Symbol, SymbolKind
from smallcode_jupyter.index.languages.trees import line_of, matches_of, symbols_of
from smallcode_jupyter.workspace.grammar import Source, read_source
from smallcode_jupyter.workspace.pieces import Piece

__all__ = ["extract", "extract_module"]

_INNER = """
(call_expression function: [(identifier) @call (selector_expression field: (field_identifier) @call)])
(struct_type (field_declaration_list (field_declaration name: (field_identifier) @field)))
(struct_type (field_declaration_list (field_declaration !name type: [
  (type_identifier) @base (pointer_type (type_identifier) @base)])))
(interface_type (method_elem name: (field_identifier) @field))
(interface_type (type_elem (type_identifier) @base))
"""
_IMPORTS = "(import_spec path: (_) @path)"
_PACKAGES = """
(selector_expression operand: (identifier) @package field: (field_identifier) @name)
(qualified_type package: (package_identifier) @package name: (type_identifier) @name)
"""


def extract(path: str, text: str) -> FileFacts:
    """The facts of one file. Never raises."""
    source = read_source(text, "go")
    return FileFacts(
        language="go",
        symbols=symbols_of(source, _kind, inner=_INNER),
        imports=_imports(source),
        lines=text.count("\n") + 1,
        note="has syntax errors" if source.has_error else "",
    )


def extract_module(path: str, text: str) -> FileFacts:
    """The name of the module that a `go.mod` declares: what begins the paths of its packages."""
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split()
        if len(words) == 2 and words[0] == "module":
            symbol = Symbol(name=words[1], kind="module", line=number, end=number, signature=line.strip())
            return FileFacts(language="text", symbols=(symbol,), lines=text.count("\n") + 1)
    return FileFacts(language="text", lines=text.count("\n") + 1)


def _kind(piece: Piece, owner: str) -> SymbolKind | None:
    match piece.node.type:
        case "function_declaration":
            return "function"
        case "method_declaration":
            return "method"
        case "type_declaration":
            is_interface = any(
                spec.child_by_field_name("type") is not None
                and (spec.child_by_field_name("type") or spec).type == "interface_type"
                for spec in piece.node.named_children
            )
            return "interface" if is_interface else "type"
        case "const_declaration":
            return "constant"
        case "var_declaration":
            return "variable"
    return None


def _imports(source: Source) -> tuple[Import, ...]:
    used: dict[str, list[str]] = {}
    for found in matches_of(source, _PACKAGES):
        used.setdefault(source.of(found["package"][0]), []).append(source.of(found["name"][0]))
    imports: list[Import] = []
    for found in matches_of(source, _IMPORTS):
        node = found["path"][0]
        path = source.of(node).strip('"`')
        spec = node.parent
        alias = source.of(spec.child_by_field_name("name")) if spec is not None else ""
        name = alias or path.rpartition("/")[2]
        names = ("*",) if alias == "." else tuple(dict.fromkeys(used.get(name, ())))
        imports.append(Import(target=path, names=names, line=line_of(node)))
    return tuple(imports)

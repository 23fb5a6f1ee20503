"""The imports of a JavaScript or TypeScript file, by `import` and by `require`: united, and the useless dropped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smallcode_jupyter.workspace.answers import cut
from smallcode_jupyter.workspace.grammar import Edit, Source, edited, read_source, walk
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.pieces import COMMENTS, Piece, pieces_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["mend_script_imports"]

# fmt: off
_GLOBALS = frozenset((
    "Array", "BigInt", "Boolean", "Date", "Error", "Function", "Infinity", "Intl", "JSON", "Map", "Math", "NaN",
    "Number", "Object", "Omit", "Partial", "Pick", "Promise", "Proxy", "RangeError", "Readonly", "Record",
    "Reflect", "RegExp", "Set", "String", "Symbol", "SyntaxError", "TypeError", "WeakMap", "WeakSet",
    "clearInterval", "clearTimeout", "console", "parseFloat", "parseInt", "setInterval", "setTimeout",
))
"""Nobody has to import these, and no package but Node's own gives better ones."""
_NODE = ("assert", "fs", "os", "path", "readline", "util")
"""Modules of Node that code calls by their own name."""
_BUILT_IN = frozenset((
    *_NODE, "buffer", "child_process", "crypto", "events", "http", "https", "net", "perf_hooks", "process", "stream",
    "string_decoder", "timers", "url", "worker_threads", "zlib",
))
_BINDS = frozenset((
    "array_pattern", "catch_clause", "class_declaration", "enum_declaration", "formal_parameters",
    "function_declaration", "generator_function_declaration", "import_clause", "import_specifier",
    "interface_declaration", "namespace_import", "optional_parameter", "required_parameter", "rest_pattern",
    "type_alias_declaration", "type_parameter",
))
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One name that a statement imports."""

    local: str
    text: str
    """As it stands in the braces: `b as c`, `type D`, `b: c`; alone for a default or `* as` import."""
    is_listed: bool
    """Whether it stands in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """One statement, or one of the calls of `require` in it."""

    module: str
    names: tuple[_Name, ...]
    """Empty where the module is only run."""
    is_module: bool
    is_type: bool
    piece: Piece

    @property
    def bare(self) -> str:
        return self.module.strip("\"'`")

    def written(self) -> str:
        single = [name.text for name in self.names if not name.is_listed]
        listed = [name.text for name in self.names if name.is_listed]
        parts = [*single, *([f"{{ {', '.join(listed)} }}"] if listed else [])]
        if self.is_module:
            word = "import type" if self.is_type else "import"
            return f"{word} {', '.join(parts)} from {self.module};"
        return f"const {', '.join(parts)} = require({self.module});"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """Knows which imports are of no use in the merged text."""

    used: set[str]
    bound: set[str]
    """By anything, anywhere in the text."""
    defined: set[str]
    was: frozenset[str]
    """What the file imported before: nobody is asked whether it is used."""
    known: frozenset[str]
    """The modules that the file imported before."""
    own: re.Pattern[str]
    """The file itself, as a module."""

    def is_useless(self, each: _Import, one: _Name) -> bool:
        """Whether the name must or can go."""
        is_global = one.local in _GLOBALS and not each.bare.startswith(".") and _root(each) not in _BUILT_IN
        is_unused = one.local not in self.used and one.local not in self.was and one.local != "React"
        is_own = self.own.fullmatch(each.bare) is not None
        return is_own or one.local in self.defined or is_unused or (is_global and each.bare not in self.known)


def mend_script_imports(
    text: str, before: Source, *, answer: Source | None = None, name: str = ""
) -> tuple[str, list[Mend]]:
    """Unite, add and drop imports of the file that was `before` and is called `name`. Never raises."""
    source = read_source(text, before.language)
    if source.has_error:
        return text, []
    has, had = _imports(source), _imports(before)
    used, bound, defined = _names(source)
    judge = _Judge(
        used=used,
        bound=bound,
        defined=defined,
        was=frozenset(one.local for each in had for one in each.names),
        known=frozenset(each.bare for each in had),
        own=re.compile(rf"\./{re.escape(name.rpartition('.')[0] or name)}(?:\.[cm]?[jt]sx?)?"),
    )
    edits, mends, stays = _dropped(source, has, judge)
    present = {one.local for each in has for one in each.names}
    offered = _imports(answer) if answer is not None else []
    added: list[str] = []
    for each in (*had, *offered):
        names = [one for one in each.names if one.local not in present]
        wanted = tuple(one for one in names if one.local in used and not judge.is_useless(each, one))
        present |= {one.local for one in wanted}
        added += [replace(each, names=wanted).written()] if wanted else []
        gone = [one for one in names if each in offered and judge.is_useless(each, one)]
        mends += [Mend(name="dropped-import", detail=f"{one.local} from {each.module}") for one in gone]
    missing = [module for module in _NODE if module in _bases(source) - bound - present - defined]
    is_module = any(each.is_module for each in (*has, *had)) or _is_module(source)
    how = 'import {0} from "node:{0}";' if is_module else 'const {0} = require("node:{0}");'
    added += [how.format(module) for module in missing]
    mends += [Mend(name="added-import", detail=module) for module in missing]
    if added:
        edits.append(_insertion(source, added, stays))
    return (edited(source.data, edits) if edits else text), mends


def _dropped(
    source: Source, has: Sequence[_Import], judge: _Judge
) -> tuple[list[Edit], list[Mend], set[int]]:
    """Edits without the useless imports, and where the statements begin that stay."""
    edits: list[Edit] = []
    mends: list[Mend] = []
    stays = {each.piece.start for each in has}
    for piece in dict.fromkeys(each.piece for each in has):
        here = [each for each in has if each.piece == piece]
        useless = [(each, one) for each in here for one in each.names if judge.is_useless(each, one)]
        if not useless:
            continue
        mends += [
            Mend(name="dropped-import", detail=f"{one.local} from {each.module}") for each, one in useless
        ]
        rest = [
            replace(each, names=tuple(one for one in each.names if (each, one) not in useless))
            for each in here
        ]
        lines = [each.written() for each in rest if each.names]
        stays -= set() if lines else {piece.start}
        edits.append((piece.start, piece.end, "\n".join(lines)) if lines else cut(source, piece))
    return edits, mends, stays


def _root(each: _Import) -> str:
    return each.bare.removeprefix("node:").split("/")[0]


def _is_module(source: Source) -> bool:
    return any(piece.node.type in ("export_statement", "import_statement") for piece in pieces_of(source))


def _imports(source: Source) -> list[_Import]:
    found: list[_Import] = []
    for piece in pieces_of(source):
        if piece.kind != "import":
            continue
        node = piece.node
        if node.type == "import_statement":
            names = tuple(_clause(source, node))
            is_type = any(part.type == "type" for part in node.children)
            module = source.of(node.child_by_field_name("source"))
            if module:
                found.append(
                    _Import(module=module, names=names, is_module=True, is_type=is_type, piece=piece)
                )
            continue
        for part in node.named_children:
            strings = [one for one in walk(part) if one.type == "string"]
            target = part.child_by_field_name("name")
            if target is not None and len(strings) == 1:
                names = tuple(_pattern(source, target))
                found.append(
                    _Import(
                        module=source.of(strings[0]), names=names, is_module=False, is_type=False, piece=piece
                    )
                )
    return found


def _clause(source: Source, node: Node) -> Iterator[_Name]:
    clause = next((part for part in node.named_children if part.type == "import_clause"), None)
    for part in clause.named_children if clause is not None else []:
        if part.type == "named_imports":
            for one in part.named_children:
                if one.type not in COMMENTS:
                    local = one.child_by_field_name("alias") or one.child_by_field_name("name")
                    yield _Name(local=source.of(local), text=source.of(one), is_listed=True)
        else:
            local = part.named_children[0] if part.type == "namespace_import" else part
            yield _Name(local=source.of(local), text=source.of(part), is_listed=False)


def _pattern(source: Source, target: Node) -> Iterator[_Name]:
    if target.type != "object_pattern":
        yield _Name(local=source.of(target), text=source.of(target), is_listed=False)
        return
    for part in target.named_children:
        local = part.child_by_field_name("value") or part
        yield _Name(local=source.of(local), text=source.of(part), is_listed=True)


def _names(source: Source) -> tuple[set[str], set[str], set[str]]:
    """Names that are used outside of imports, names that anything binds, and names that the file defines at its top."""
    used: set[str] = set()
    bound: set[str] = set()
    defined: set[str] = set()
    for piece in pieces_of(source):
        defined |= set(piece.names)
        for node in walk(piece.node):
            if node.child_count or "identifier" not in node.type:
                continue
            name, parent = source.of(node), node.parent
            if piece.kind != "import" and node.type != "property_identifier":
                used.add(name)
            is_declared = parent is not None and (
                parent.type in _BINDS or node.type == "shorthand_property_identifier_pattern"
            )
            if is_declared or (parent is not None and _is_target(parent, node)):
                bound.add(name)
    return used, bound, defined


def _is_target(parent: Node, node: Node) -> bool:
    field = {"variable_declarator": "name", "arrow_function": "parameter", "for_in_statement": "left",
             "assignment_pattern": "left", "pair_pattern": "value"}.get(parent.type)  # fmt: skip
    return field is not None and parent.child_by_field_name(field) == node


def _bases(source: Source) -> set[str]:
    """The names that something is asked of, or that are called: `fs` in `fs.readFileSync()`."""
    found: set[str] = set()
    for node in walk(source.root):
        field = {"member_expression": "object", "call_expression": "function"}.get(node.type, "")
        base = node.child_by_field_name(field) if field else None
        if base is not None and base.type == "identifier":
            found.add(source.of(base))
    return found


def _insertion(source: Source, lines: Sequence[str], starts: Collection[int]) -> Edit:
    """Below the last import that stays, else before the first piece that is no directive."""
    pieces = pieces_of(source)
    text = "\n".join(lines)
    last = [piece for piece in pieces if piece.start in starts]
    if last:
        return last[-1].end, last[-1].end, f"\n{text}"
    first = next((piece for piece in pieces if piece.kind not in ("header", "import")), None)
    at = first.lead if first is not None else len(source.data)
    return at, at, f"{text}\n\n"

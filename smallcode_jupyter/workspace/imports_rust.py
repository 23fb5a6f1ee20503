"""The `use` declarations of a Rust file: what the standard library has is added, what is of no use dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallcode_jupyter.workspace.answers import cut
from smallcode_jupyter.workspace.grammar import Edit, Source, edited, read_source
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.pieces import Piece, pieces_of, squeezed

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["mend_rust_imports"]

_TYPES = {
    "std::borrow": "Cow",
    "std::cell": "Cell RefCell",
    "std::cmp": "Ordering Reverse",
    "std::collections": "BTreeMap BTreeSet BinaryHeap HashMap HashSet VecDeque",
    "std::error": "Error",
    "std::fmt": "Debug Display Formatter",
    "std::hash": "Hash Hasher",
    "std::iter": "FromIterator Peekable",
    "std::marker": "PhantomData",
    "std::ops": "Add AddAssign Deref DerefMut Div Index IndexMut Mul Neg Rem Sub SubAssign",
    "std::path": "Path PathBuf",
    "std::rc": "Rc Weak",
    "std::str": "Chars FromStr",
    "std::sync": "Arc Mutex RwLock",
    "std::time": "Duration Instant SystemTime",
}
_HOMES = {name: f"{module}::{name}" for module, names in _TYPES.items() for name in names.split()}
# fmt: off
_MODULES = frozenset((
    "cmp", "collections", "env", "fmt", "fs", "io", "iter", "mem", "ops", "process", "rc", "sync", "thread", "time",
))
"""Of `std`, meant where a path begins with the name: `mem::swap`."""
_TRAITS = frozenset((
    "Any", "AsRef", "Borrow", "BorrowMut", "BufRead", "BuildHasher", "Debug", "Deref", "Display", "Error",
    "FromIterator", "FromStr", "Hash", "Hasher", "Iterator", "Read", "Seek", "ToOwned", "ToString", "TryFrom",
    "TryInto", "Write",
))
# fmt: on
"""Useful without being named."""
_METHODS = (
    (r"\b(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char)::from_str\(", "std::str::FromStr"),
    (r"\bstdin\(\)\s*\.lock\(\)\s*\.lines\(\)|\bBufReader::new\(", "std::io::BufRead"),
)
_ATOMIC = re.compile(r"\bOrdering::(?:Relaxed|SeqCst|Acquire|Release|AcqRel)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    path: str
    """`std::collections::HashMap`; ends with `*` for all of a module."""
    name: str
    """What it is called here."""
    piece: Piece

    @property
    def is_standard(self) -> bool:
        return self.path.split("::")[0] in ("std", "core", "alloc")

    @property
    def is_unseen(self) -> bool:
        """Whether it can be of use without being named."""
        last = self.path.rsplit("::", 1)[-1]
        return not self.is_standard or last in _TRAITS or last == "*" or self.name == "_"

    def written(self) -> str:
        last = self.path.rsplit("::", 1)[-1]
        return self.path if self.name in (last, "*") else f"{self.path} as {self.name}"


def mend_rust_imports(text: str, before: Source, *, answer: Source | None = None) -> tuple[str, list[Mend]]:
    """Unite, add and drop `use` declarations of the file that was `before`. Never raises."""
    source = read_source(text, "rust")
    if source.has_error:
        return text, []
    has, was = _uses(source), {one.path for one in _uses(before)}
    used, bases, defined = _names(source)
    dropped = [one for one in has if one.path not in was and _is_useless(one, used | bases, defined)]
    dropped += [
        one
        for at, one in enumerate(has)
        if one.path in {other.path for other in has[:at]} and one not in dropped
    ]
    kept = [one for one in has if one not in dropped]
    bound = {one.name for one in kept} | defined
    offered = [one for other in (before, answer) if other is not None for one in _uses(other)]
    paths = {one.path for one in kept}
    added: dict[str, str] = {}
    for one in offered:
        if (
            one.path not in paths
            and not _is_useless(one, used | bases, defined)
            and one.name not in bound - {"_", "*"}
        ):
            added[one.path] = one.written()
            bound.add(one.name)
    missing = (
        [] if any(name == "*" for name in bound) else _missing(source, used, bases, bound, paths | set(added))
    )
    mends = [Mend(name="added-import", detail=path) for path in missing]
    unused = [
        one
        for one in (_uses(answer) if answer is not None else [])
        if _is_useless(one, used | bases, defined)
    ]
    unused = [one for one in unused if one.path not in was]
    mends += [Mend(name="dropped-import", detail=one.written()) for one in (*dropped, *unused)]
    added |= {path: path for path in missing}
    if not added and not dropped:
        return text, mends
    return _written(source, kept, dropped, list(added.values())), mends


def _is_useless(one: _Use, used: set[str], defined: set[str]) -> bool:
    if one.name in defined:
        return True
    root = one.path.split("::")[0]
    if root in ("super", "self", "crate"):
        return one.name == "*" and one.path == "super::*"
    return one.name not in used and not one.is_unseen


def _uses(source: Source) -> list[_Use]:
    found: list[_Use] = []
    for piece in pieces_of(source):
        argument = (
            piece.node.child_by_field_name("argument") if piece.node.type == "use_declaration" else None
        )
        if argument is not None:
            found += [_Use(path=path, name=name, piece=piece) for path, name in _leaves(source, argument, "")]
    return found


def _leaves(source: Source, node: Node, prefix: str) -> list[tuple[str, str]]:
    if node.type == "use_list":
        return [leaf for part in node.named_children for leaf in _leaves(source, part, prefix)]
    if node.type == "scoped_use_list":
        path, inner = node.child_by_field_name("path"), node.child_by_field_name("list")
        return _leaves(source, inner, prefix + squeezed(source.of(path)) + "::") if inner is not None else []
    if node.type == "use_as_clause":
        path = node.child_by_field_name("path")
        return [(prefix + source.of(path), source.of(node.child_by_field_name("alias")))]
    text = prefix + squeezed(source.of(node))
    path_text = text.removesuffix("::self")
    return (
        [(path_text, path_text.rsplit("::", 1)[-1])]
        if node.type not in ("line_comment", "block_comment")
        else []
    )


def _names(source: Source) -> tuple[set[str], set[str], set[str]]:
    """Names that stand alone, names that begin paths, and names that the file defines anywhere."""
    used: set[str] = set()
    bases: set[str] = set()
    defined: set[str] = set()
    stack = [source.root]
    while stack:
        node = stack.pop()
        if node.type in ("attribute_item", "inner_attribute_item"):
            continue
        if node.type == "use_declaration":
            argument = node.child_by_field_name("argument")
            if argument is not None and node.parent != source.root:
                defined |= {name for _, name in _leaves(source, argument, "") if name != "*"}
            continue
        stack += node.children
        if node.type not in ("identifier", "type_identifier"):
            continue
        parent, name = node.parent, source.of(node)
        if parent is None:
            continue
        before, after = node.prev_sibling, node.next_sibling
        if before is not None and before.type == "::":
            continue
        if after is not None and after.type == "::":
            bases.add(name)
        elif (parent.child_by_field_name("name") == node and parent.type.endswith("_item")) or (
            parent.type in ("type_parameter", "macro_definition", "enum_variant")
            and node in parent.children[:2]
        ):
            defined.add(name)
        else:
            used.add(name)
    return used, bases, defined


def _missing(source: Source, used: set[str], bases: set[str], bound: set[str], paths: set[str]) -> list[str]:
    """Paths of the standard library that are plainly meant."""
    text = source.data.decode("utf-8", "replace")
    found: list[str] = []
    for name in sorted((used | bases) & _HOMES.keys() - bound):
        is_atomic = name == "Ordering" and _ATOMIC.search(text) is not None
        is_error = name != "Error" or re.search(r"\b(?:dyn|impl) Error\b", text) is not None
        if is_error:
            found.append("std::sync::atomic::Ordering" if is_atomic else _HOMES[name])
    found += [f"std::{name}" for name in sorted(bases & _MODULES - bound)]
    found += [path for pattern, path in _METHODS if path not in paths and re.search(pattern, text)]
    return [path for path in dict.fromkeys(found) if path not in paths]


def _written(source: Source, kept: Sequence[_Use], dropped: Sequence[_Use], added: Sequence[str]) -> str:
    edits: list[Edit] = []
    for piece in dict.fromkeys(one.piece for one in dropped):
        rest = [one.written() for one in kept if one.piece == piece]
        if rest:
            edits.append((piece.start, piece.end, _lines(rest)))
        else:
            edits.append(cut(source, piece))
    if added:
        edits.append(_insertion(source, {one.piece.start for one in kept}, _lines(added)))
    return edited(source.data, edits)


def _insertion(source: Source, starts: set[int], lines: str) -> Edit:
    """Below the last declaration that stays, else before the first piece."""
    pieces = pieces_of(source)
    last = [piece for piece in pieces if piece.start in starts]
    if last:
        return last[-1].end, last[-1].end, f"\n{lines}"
    first = next((piece for piece in pieces if piece.kind not in ("header", "import")), None)
    at = first.lead if first is not None else len(source.data)
    return at, at, f"{lines}\n\n"


def _lines(paths: Sequence[str]) -> str:
    """Declarations, one for each module."""
    groups: dict[str, list[str]] = {}
    for path in sorted(paths):
        module, _, name = path.rpartition("::")
        groups.setdefault(module, []).append(name)
    return "\n".join(
        f"use {module}::{names[0]};"
        if len(names) == 1 and module
        else f"use {module}::{{{', '.join(names)}}};"
        if module
        else "\n".join(f"use {name};" for name in names)
        for module, names in groups.items()
    )

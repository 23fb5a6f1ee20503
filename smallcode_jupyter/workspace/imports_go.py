"""The imports of a Go file: what is used and missing is added, what nothing uses is dropped, as both are errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.workspace.grammar import Edit, Source, edited, read_source, walk
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.pieces import pieces_of

__all__ = ["mend_go_imports"]

# fmt: off
_PATHS = (
    "bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring", "context", "crypto/hmac",
    "crypto/md5", "crypto/sha1", "crypto/sha256", "crypto/sha512", "embed", "encoding/base64", "encoding/binary",
    "encoding/csv", "encoding/hex", "encoding/json", "encoding/xml", "errors", "flag", "fmt", "hash",
    "html/template", "io", "io/fs", "iter", "log", "log/slog", "maps", "math", "math/big", "math/bits",
    "math/cmplx", "math/rand", "net/http", "net/mail", "net/url", "os", "os/exec", "os/signal", "path",
    "path/filepath", "reflect", "regexp", "runtime", "runtime/debug", "slices", "sort", "strconv", "strings",
    "sync", "sync/atomic", "testing", "testing/quick", "text/tabwriter", "time", "unicode", "unicode/utf16",
    "unicode/utf8", "unsafe",
)
# fmt: on
_KNOWN = {path.rsplit("/", 1)[-1]: path for path in _PATHS}
"""Standard packages by the name that code uses, where it can mean only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    name: str
    """As code uses it; empty where the path does not tell."""
    spec: str
    """As it is written: `"fmt"`, `r "math/rand"`."""
    start: int
    end: int


def mend_go_imports(text: str, before: Source, *, answer: Source | None = None) -> tuple[str, list[Mend]]:
    """Unite, add and drop imports of the file that was `before`. Never raises."""
    source = read_source(text, "go")
    if source.has_error or not any(piece.kind == "package" for piece in pieces_of(source)):
        return text, []
    has = _imports(source)
    used, bound = _names(source)
    own = _imports(answer) if answer is not None else []
    offered = [*_imports(before), *own]
    given = {one.name: one.spec for one in reversed(offered) if one.name}
    known = {one.name for one in has}
    added = {
        name: given.get(name) or f'"{_KNOWN[name]}"'
        for name in sorted(used - known)
        if name in given or (name in _KNOWN and name not in bound)
    }
    specs = {one.spec for one in has}
    added |= {one.spec: one.spec for one in offered if one.name in ("_", ".") and one.spec not in specs}
    dropped = [one for one in has if one.name not in ("", "_", ".") and one.name not in used]
    dropped += [
        one
        for at, one in enumerate(has)
        if one.spec in {other.spec for other in has[:at]} and one not in dropped
    ]
    kept = [one.spec for one in has if one not in dropped]
    mends = [
        Mend(name="added-import", detail=_path(spec))
        for name, spec in added.items()
        if spec not in {one.spec for one in offered}
    ]
    unused = [one for one in own if one.name not in ("", "_", ".") and one.name not in used]
    mends += [Mend(name="dropped-import", detail=_path(one.spec)) for one in (*dropped, *unused)]
    if not added and not dropped:
        return text, mends
    return _written(source, kept, list(added.values()), dropped), mends


def _imports(source: Source) -> list[_Import]:
    found: list[_Import] = []
    for piece in pieces_of(source):
        for node in walk(piece.node) if piece.kind == "import" else ():
            if node.type == "import_spec":
                path = source.of(node.child_by_field_name("path")).strip('"`')
                name = source.of(node.child_by_field_name("name")) or _name_of(path)
                found.append(
                    _Import(name=name, spec=source.of(node), start=node.start_byte, end=node.end_byte)
                )
    return found


def _name_of(path: str) -> str:
    """The package's name by its path; empty where that is not sure."""
    parts = [part for part in path.split("/") if not re.fullmatch(r"v\d+", part)]
    last = parts[-1] if parts else ""
    return last if re.fullmatch(r"[a-z]\w*", last) else ""


def _path(spec: str) -> str:
    return spec.split('"')[1] if spec.count('"') == 2 else spec


def _names(source: Source) -> tuple[set[str], set[str]]:
    """The names that are used as packages, and those that stand anywhere else."""
    used: set[str] = set()
    bound: set[str] = set()
    for node in walk(source.root):
        if (
            node.type == "package_identifier"
            and node.parent is not None
            and node.parent.type == "qualified_type"
        ):
            used.add(source.of(node))
        elif node.type == "identifier":
            parent = node.parent
            is_base = (
                parent is not None and parent.type == "selector_expression" and parent.children[0] == node
            )
            field = source.of(parent.child_by_field_name("field")) if is_base and parent is not None else ""
            (used if is_base and field[:1].isupper() else bound).add(source.of(node))
    return used, bound


def _written(source: Source, kept: list[str], added: list[str], dropped: Sequence[_Import]) -> str:
    """The text with these imports: the old lines where they can stay, else one block."""
    pieces = [piece for piece in pieces_of(source) if piece.kind == "import"]
    blocks = [piece for piece in pieces if b"(" in source.data[piece.start : piece.end]]
    if not kept and not added:
        return edited(source.data, [_gone(source, piece.lead, piece.end) for piece in pieces])
    if not pieces:
        package = next(piece for piece in pieces_of(source) if piece.kind == "package")
        return edited(source.data, [(package.end, package.end, f"\n\n{_block(added)}")])
    if len(pieces) == 1 and blocks and b"\n)" in source.data[pieces[0].start : pieces[0].end]:
        edits: list[Edit] = [_gone(source, one.start, one.end, is_line=True) for one in dropped]
        last = source.data.rindex(b")", 0, blocks[0].node.end_byte)
        if added:
            edits.append((last, last, "".join(f"\t{spec}\n" for spec in added)))
        return edited(source.data, edits)
    first = pieces[0]
    edits = [(first.start, first.end, _block([*kept, *added]))]
    edits += [_gone(source, piece.lead, piece.end) for piece in pieces[1:]]
    return edited(source.data, edits)


def _block(specs: Sequence[str]) -> str:
    if len(specs) == 1:
        return f"import {specs[0]}"
    lines = sorted(dict.fromkeys(specs), key=lambda spec: spec.split('"')[-2] if '"' in spec else spec)
    return "import (\n" + "".join(f"\t{spec}\n" for spec in lines) + ")"


def _gone(source: Source, start: int, end: int, *, is_line: bool = False) -> Edit:
    """The edit that removes a line, and the blank ones before it if it stood apart."""
    start = source.data.rfind(b"\n", 0, start) + 1
    stop = source.data.find(b"\n", end)
    stop = len(source.data) if stop < 0 else stop + 1
    if not is_line:
        while source.data[start - 2 : start] == b"\n\n":
            start -= 1
    return start, stop, ""

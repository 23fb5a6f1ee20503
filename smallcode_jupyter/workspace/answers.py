"""What a model wrote for a file, freed of what is not its own: other files, a wrapping, what stands elsewhere."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence

from smallcode_jupyter.workspace.grammar import Edit, Source, edited, read_source, walk
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.moving import indent_of, moved
from smallcode_jupyter.workspace.pieces import Piece, container_of, owned_name, pieces_of

__all__ = [
    "Cleaned",
    "cut",
    "own_section",
    "rehomed",
    "unwrapped",
    "without_duplicates",
    "without_lost_modules",
]

_ENDINGS = r"cjs|css|go|html|js|json|jsx|md|mjs|mod|py|rs|toml|ts|tsx|txt|ya?ml"
_LABEL = re.compile(
    rf"(?P<mark>#+ |// |/\* )?[*`]*(?P<path>[\w./-]*\w\.(?:{_ENDINGS}))[*`]*:?(?: \*/)?:?\s*\Z"
)
_FENCE = re.compile(r"```[\w.+-]*\s*\Z")
Cleaned = tuple[str, list[Mend]]
"""A text, and what was mended in it."""


def own_section(before: str, text: str, name: str, *, parses: Callable[[str], bool]) -> Cleaned:
    """Without the sections for other files: `package.json: {...}` before the code, `# test_app.py` and tests after it.

    `name` is the file's own name without folders. A section begins with a line that is only a file's name, and that the
    file did not have `before`. What `parses` is not cut into what does not.
    """
    known, is_code = set(before.split("\n")), parses(text)
    sections: list[tuple[str, list[str]]] = [("", [])]
    is_after_blank = True
    for line in text.split("\n"):
        label = _LABEL.match(line) if line not in known else None
        if label is not None and (is_after_blank if label["mark"] else not is_code):
            sections.append((label["path"], []))
        elif len(sections) == 1 or not _FENCE.match(line):
            sections[-1][1].append(line)
        is_after_blank = not line.strip() or _FENCE.match(line) is not None
    filled = [label for label, lines in sections if "".join(lines).strip()]
    own = [label for label in filled if label.rpartition("/")[2] in ("", name)]
    if not own:
        own = [label for label in filled if label.endswith(name[name.rfind(".") :])][:1]
    others = [label for label in dict.fromkeys(filled) if label not in own]
    if not own or len(sections) == 1:
        return text, []
    kept = "\n".join(line for label, lines in sections if label in own for line in lines).strip("\n") + "\n"
    if is_code and not parses(kept):
        return text, []
    return kept, [Mend(name="dropped-section", detail=other) for other in others]


def rehomed(before: Source, text: str) -> Cleaned:
    """With methods that stand alone put into their class or `impl`, where there is no doubt which."""
    answer = read_source(text, before.language)
    known = pieces_of(before)
    if before.language == "rust" and not answer.has_error:
        return _in_impls(before, known, answer)
    return _in_class(before, known, text) if answer.has_error else (text, [])


def unwrapped(before: Source, text: str) -> Cleaned:
    """Without a module around everything, which others would have to name."""
    answer = read_source(text, before.language)
    if before.language != "rust" or answer.has_error:
        return text, []
    keys = {piece.key for piece in pieces_of(before)}
    for piece in pieces_of(answer):
        body = container_of(piece) if piece.key.startswith("mod ") and piece.key not in keys else None
        if body is None or not keys & {
            inner.key for inner in pieces_of(answer, body) if inner.kind == "definition"
        }:
            continue
        inside = textwrap.dedent(answer.text(body.start_byte + 1, body.end_byte - 1)).strip("\n")
        inside = re.sub(r"^use super::\*;\n+", "", inside)
        edit = (piece.start, piece.end, inside)
        return edited(answer.data, [edit]), [Mend(name="unwrapped", detail=piece.label)]
    return text, []


def _in_class(before: Source, known: Sequence[Piece], text: str) -> Cleaned:
    """Methods are no statements of JavaScript: in the only class of the file they can be read."""
    classes = [
        piece for piece in known if piece.label.startswith("class ") and container_of(piece) is not None
    ]
    if len(classes) != 1 or before.language in ("go", "rust"):
        return text, []
    wrapped = f"class {classes[0].names[0]} {{\n{textwrap.indent(textwrap.dedent(text), '  ').rstrip()}\n}}\n"
    source = read_source(wrapped, before.language)
    if source.has_error:
        return text, []
    return wrapped, [Mend(name="moved-into", detail=classes[0].label)]


def _in_impls(before: Source, known: Sequence[Piece], answer: Source) -> Cleaned:
    """A function that takes `self`, or is known only as a member, belongs into the `impl` of the file."""
    impls = [piece for piece in known if owned_name(before, piece)]
    members = {
        id(piece): {inner.key for inner in pieces_of(before, body)}
        for piece in impls
        if (body := container_of(piece)) is not None
    }
    keys = {piece.key for piece in known}
    edits: list[Edit] = []
    mends: list[Mend] = []
    for piece in pieces_of(answer):
        if not piece.is_function or piece.key in keys:
            continue
        homes = [one for one in impls if piece.key in members.get(id(one), ())]
        is_method = any(node.type == "self_parameter" for node in walk(piece.node))
        plain = [one for one in impls if " for " not in one.key]
        homes = homes or (plain if is_method else [])
        if len(homes) != 1:
            continue
        body = container_of(homes[0])
        header = before.text(homes[0].start, body.start_byte).strip() if body is not None else homes[0].key
        inside = f"    {moved(answer, piece, indent='    ', unit='')}"
        edits.append((piece.lead, piece.end, f"{header} {{\n{inside}\n}}"))
        mends.append(Mend(name="moved-into", detail=homes[0].key))
    return edited(answer.data, edits), mends


def without_duplicates(before: Source, text: str, siblings: Iterable[tuple[str, str]]) -> Cleaned:
    """Without definitions that another file of the same Go package has already. Siblings are names with their texts."""
    if before.language != "go":
        return text, []
    package = _package(before)
    homes: dict[str, str] = {}
    for name, sibling in siblings:
        other = read_source(sibling, "go")
        if _package(other) == package:
            homes |= {key: name for piece in _defined(other) for key in _keys(piece)}
    own = {key for piece in _defined(before) for key in _keys(piece)} | {"_", "init"}
    answer = read_source(text, "go")
    gone = [piece for piece in _defined(answer) if not own & _keys(piece) and _keys(piece) <= homes.keys()]
    mends = [
        Mend(name="dropped-duplicate", detail=f"{piece.label} (it is in {homes[min(_keys(piece))]})")
        for piece in gone
    ]
    return edited(answer.data, [cut(answer, piece) for piece in gone]), mends


def _keys(piece: Piece) -> set[str]:
    """What the piece binds in its package, methods as `Type.name`."""
    return set(piece.names or (piece.key,))


def without_lost_modules(before: Source, text: str, siblings: Iterable[tuple[str, str]]) -> Cleaned:
    """Without `mod name;` of an answer for a Rust file where there is no file of that name."""
    if before.language != "rust":
        return text, []
    names = [f"/{name}" for name, _ in siblings]
    keys = {piece.key for piece in pieces_of(before)}
    answer = read_source(text, "rust")
    gone = [
        piece
        for piece in _defined(answer)
        if piece.node.type == "mod_item"
        and container_of(piece) is None
        and piece.key not in keys
        and not any(name.endswith((f"/{piece.shown}.rs", f"/{piece.shown}/mod.rs")) for name in names)
    ]
    mends = [Mend(name="dropped-module", detail=f"{piece.label} (there is no such file)") for piece in gone]
    lost = "|".join(piece.shown for piece in gone)
    uses = re.compile(rf"(?:pub )?use (?:self::|crate::)?(?:{lost})\b")
    gone += [
        piece
        for piece in pieces_of(answer)
        if gone and piece.kind == "import" and uses.match(answer.text(piece.start, piece.end))
    ]
    return edited(answer.data, [cut(answer, piece) for piece in gone]), mends


def _package(source: Source) -> str:
    return next((source.of(piece.node) for piece in pieces_of(source) if piece.kind == "package"), "")


def _defined(source: Source) -> list[Piece]:
    return [piece for piece in pieces_of(source) if piece.kind == "definition"]


def cut(source: Source, piece: Piece) -> Edit:
    """The edit that takes a piece out, with its lines and the blank ones above."""
    start = piece.lead - len(indent_of(source, piece.lead))
    is_alone = start == 0 or source.data[start - 1 : start] == b"\n"
    end = piece.end
    if is_alone and source.data[end : end + 1] == b"\n":
        end += 1
    if is_alone:
        kept = source.data[:start].rstrip()
        start = len(kept) + 1 if kept else 0
    return start, end, ""

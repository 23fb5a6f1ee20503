"""An answer for a JavaScript, TypeScript, Go or Rust file merged into it by definition, its small faults mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.workspace.answers import (
    Cleaned,
    cut,
    own_section,
    rehomed,
    unwrapped,
    without_duplicates,
    without_lost_modules,
)
from smallcode_jupyter.workspace.demonstrations import demonstrations
from smallcode_jupyter.workspace.exports import converted, exports_of, uses_of, with_exports
from smallcode_jupyter.workspace.grammar import (
    LANGUAGES,
    Edit,
    Language,
    Source,
    edited,
    first_fault,
    read_source,
)
from smallcode_jupyter.workspace.imports_go import mend_go_imports
from smallcode_jupyter.workspace.imports_rust import mend_rust_imports
from smallcode_jupyter.workspace.imports_script import mend_script_imports
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.merge import MergeOutcome
from smallcode_jupyter.workspace.pieces import Piece, container_of, declaration_of, pieces_of, squeezed
from smallcode_jupyter.workspace.restoring import is_same, prefix_of, restored
from smallcode_jupyter.workspace.weaving import Weave

__all__ = ["Siblings", "mend_tree", "merge_tree", "names_in"]

_LINE = 100
_TITLE = re.compile(r"""["'`]\Z""")
Siblings = Sequence[tuple[str, str]]
"""Other files of the same folder, as pairs of name and text."""


@dataclass(slots=True, kw_only=True)
class _Answer:
    """An answer on its way into a file: its text, and what was mended in it so far."""

    before: Source
    text: str
    mends: list[Mend] = field(default_factory=list)

    @property
    def source(self) -> Source:
        return read_source(self.text, self.before.language)

    def mend(self, step: Callable[[Source, str], Cleaned]) -> None:
        """Do one step of mending."""
        self.text, mends = step(self.before, self.text)
        self.mends += mends


def merge_tree(
    before: str, answer: str, language: Language, *, name: str, siblings: Siblings, keeps_demonstrations: bool
) -> MergeOutcome:
    """`merging.merge_answer` for these languages."""
    known = read_source(before, language)
    state = _Answer(before=known, text=answer)
    state.mend(lambda source, text: _own_section(source, text, name))
    names = set(names_in(before, language))
    if not pieces_of(known) or (known.has_error and names <= set(names_in(state.text, language))):
        return _as_whole(state, before, name=name)
    for step in (unwrapped, rehomed):
        state.mend(step)
    if state.source.has_error:
        return _unparsed(state, before)
    exported = _exported_by(state.source)
    is_exporting = bool(exported) or any(prefix_of(state.source, piece) for piece in pieces_of(state.source))
    state.mend(_in_one_style)
    state.mend(lambda source, text: without_duplicates(source, text, siblings))
    state.mend(lambda source, text: without_lost_modules(source, text, siblings))
    if not keeps_demonstrations:
        state.mend(_without_demonstrations)
    state.mend(lambda source, text: restored(source, text, has_comments=True))
    if not any(piece.kind in ("definition", "loose", "import") for piece in pieces_of(state.source)):
        what = f"The new code has no {LANGUAGES[language]} function or type."
        return _refused("no_definitions", what, state)
    if _is_other_program(known, state.source):
        return _as_whole(state, before, name=name)
    state.mend(_without_strays)
    return _woven(state, before, exported, is_exporting=is_exporting, name=name)


def _own_section(before: Source, text: str, name: str) -> Cleaned:
    def parses(part: str) -> bool:
        return not read_source(part, before.language).has_error

    return own_section(before.text(0, len(before.data)), text, name, parses=parses)


def _exported_by(source: Source) -> frozenset[str]:
    return exports_of(source).names if source.language not in ("go", "rust") else frozenset()


def _woven(
    state: _Answer, before: str, exported: frozenset[str], *, is_exporting: bool, name: str
) -> MergeOutcome:
    """The cleaned answer in the file. `exported` is what the answer, as it came, wanted to be exported."""
    known, answer = state.before, state.source
    weave = Weave(old=known, new=answer)
    weave.merge()
    weave.edits += _header(known, answer)
    merged = _Answer(before=known, text=weave.text(), mends=[*state.mends, *weave.mends])
    wanted = (exported | _exported_by(known)) - {"default"}
    merged.mend(lambda source, text: with_exports(text, source, wanted) if wanted else (text, []))
    if not is_exporting:
        merged.mend(lambda source, text: _reachable(text, source, weave.added))
    if merged.text != before or _offers_imports(known, answer):
        merged.mend(lambda source, text: _with_imports(text, source, answer=answer, name=name))
    if known.has_error and merged.source.has_error:
        line = (first_fault(known) or (1, ""))[0]
        what = f"Line {line} of the file is not valid {LANGUAGES[known.language]}."
        return _refused("broken_file", what, state)
    return _result(merged, before, weave.replaced, weave.added)


def mend_tree(
    before: str, text: str, language: Language, *, name: str, siblings: Siblings, keeps_demonstrations: bool
) -> Cleaned:
    """`merging.mend_file` for these languages."""
    known = read_source(before, language)
    state = _Answer(before=known, text=text)
    state.mend(lambda source, given: _own_section(source, given, name))
    if state.source.has_error:
        return state.text, state.mends
    if before.strip() and not known.has_error:
        state.mend(unwrapped)
        state.mend(lambda source, given: without_duplicates(source, given, siblings))
        if not keeps_demonstrations and set(names_in(before, language)) <= set(
            names_in(state.text, language)
        ):
            state.mend(_without_demonstrations)
        state.mend(lambda source, given: restored(source, given, has_comments=False))
        state.mend(_exported)
    state.mend(lambda source, given: _with_imports(given, source, answer=None, name=name))
    return state.text, state.mends


def names_in(text: str, language: Language) -> tuple[str, ...]:
    """What a file defines at its top, also where it does not parse."""
    found = pieces_of(read_source(text, language))
    return tuple(dict.fromkeys(piece.shown for piece in found if piece.kind == "definition"))


def _refused(code: str, what: str, state: _Answer) -> MergeOutcome:
    hint = (
        "Write the whole file." if code == "broken_file" else "Write each function or type to change, whole."
    )
    return MergeOutcome(problem=Problem(code=code, what=what, hint=hint), mends=tuple(state.mends))


def _result(state: _Answer, before: str, replaced: Sequence[str], added: Sequence[str]) -> MergeOutcome:
    if state.text == before:
        return _refused("no_change", "The new code is the same as what the file already has.", state)
    return MergeOutcome(
        text=state.text,
        replaced=tuple(dict.fromkeys(replaced)),
        added=tuple(dict.fromkeys(added)),
        mends=tuple(state.mends),
    )


def _as_whole(state: _Answer, before: str, *, name: str) -> MergeOutcome:
    """The answer in the place of a file in which there is nothing to merge it with."""
    if not state.text.strip():
        return _refused("no_definitions", "The new code is empty.", state)
    if state.source.has_error:
        return _unparsed(state, before)
    state.mend(lambda source, text: _with_imports(text, source, answer=None, name=name))
    known = names_in(before, state.before.language)
    names = names_in(state.text, state.before.language)
    return _result(state, before, (), [one for one in names if one not in known])


def _unparsed(state: _Answer, before: str) -> MergeOutcome:
    """An answer that is no code is taken for the whole file if it seems to have all of it, else refused."""
    language = state.before.language
    line, shown = first_fault(state.source) or (1, "")
    what = f"Line {line} of the new code is not valid {LANGUAGES[language]}"
    has = set(names_in(state.text, language))
    if has and set(names_in(before, language)) <= has:
        mend = Mend(name="not-merged", detail=what[:1].lower() + what[1:])
        return _result(
            _Answer(before=state.before, text=state.text, mends=[*state.mends, mend]), before, (), ()
        )
    problem = Problem(
        code="syntax_error",
        what=f"{what}.",
        why=f"The line is `{shown[:_LINE]}`." if shown else "",
        hint="Write each function or type again, whole.",
    )
    return MergeOutcome(problem=problem, mends=tuple(state.mends))


def _in_one_style(before: Source, text: str) -> Cleaned:
    """Exports said as the file says them, so that nothing is exported twice."""
    if before.language in ("go", "rust"):
        return text, []
    was = exports_of(before)
    text, mends = converted(read_source(text, before.language), was.style)
    source = read_source(text, before.language)
    inline = {name: prefix_of(before, piece) for piece in pieces_of(before) for name in piece.names}
    edits: list[Edit] = []
    for piece in pieces_of(source):
        is_name = piece.key == "default" and declaration_of(piece.node).type == "identifier"
        if is_name and any("default" in prefix for prefix in inline.values()):
            edits.append(cut(source, piece))
        elif prefix_of(source, piece) and any(inline.get(one) == "" for one in piece.names):
            is_default = "default" in prefix_of(source, piece) and "default" in was.names
            if is_default or set(piece.names) & was.names:
                edits.append((piece.start, declaration_of(piece.node).start_byte, ""))
    return edited(source.data, edits), mends


def _without_demonstrations(before: Source, text: str) -> Cleaned:
    source = read_source(text, before.language)
    gone = demonstrations(before, source)
    mends = [Mend(name="dropped-demonstration", detail=piece.label) for piece in gone]
    return edited(source.data, [cut(source, piece) for piece in gone]), mends


def _with_imports(text: str, before: Source, *, answer: Source | None, name: str) -> Cleaned:
    if before.language == "go":
        return mend_go_imports(text, before, answer=answer)
    if before.language == "rust":
        return mend_rust_imports(text, before, answer=answer)
    return mend_script_imports(text, before, answer=answer, name=name)


def _offers_imports(before: Source, answer: Source) -> bool:
    has = {
        squeezed(before.text(piece.start, piece.end)) for piece in pieces_of(before) if piece.kind == "import"
    }
    return any(
        squeezed(answer.text(piece.start, piece.end)) not in has
        for piece in pieces_of(answer)
        if piece.kind == "import"
    )


def _header(before: Source, answer: Source) -> list[Edit]:
    """The edit that takes over the first comment of an answer that has all of the file, where it is another."""
    keys = {piece.key for piece in pieces_of(before) if piece.kind == "definition"}
    if not keys <= {piece.key for piece in pieces_of(answer)}:
        return []
    ends = [_first(source) for source in (before, answer)]
    texts = [source.text(0, end) for source, end in zip((before, answer), ends, strict=True)]
    words = [re.findall(r"\w+", text) for text in texts]
    if (
        not words[1]
        or words[0] == words[1]
        or (before.language == "rust" and re.search(r"^///", texts[1], re.M))
    ):
        return []
    return [(0, ends[0], texts[1])]


def _first(source: Source) -> int:
    """Where the first statement begins, with the comments directly above it."""
    found = pieces_of(source)
    return found[0].lead if found else 0


def _reachable(text: str, before: Source, added: Sequence[str]) -> Cleaned:
    """New functions that nothing calls are for others, where the file offers to others what it does not use."""
    olds = [piece for piece in pieces_of(before) if piece.is_function or container_of(piece) is not None]
    olds = [piece for piece in olds if piece.names]
    if before.language == "go" or not olds:
        return text, []
    source = read_source(text, before.language)
    uses = uses_of(source)
    is_script = before.language != "rust"
    offered = {name for piece in olds if prefix_of(before, piece) for name in piece.names}
    offered |= exports_of(before).names if is_script else set()
    used = uses_of(before)
    if not offered or any(
        name not in offered and used.get(name) == 1 for piece in olds for name in piece.names
    ):
        return text, []
    new = [
        piece
        for piece in pieces_of(source)
        if piece.is_function and piece.shown in added and uses.get(piece.shown) == 1
    ]
    new = [piece for piece in new if not prefix_of(source, piece)]
    if is_script:
        return with_exports(text, before, {piece.shown for piece in new})
    mends = [Mend(name="kept-visibility", detail=piece.shown) for piece in new]
    return edited(source.data, [(piece.start, piece.start, "pub ") for piece in new]), mends


def _strays(before: Source, answer: Source) -> tuple[list[Piece], list[Piece]]:
    """The statements of each that do something and have no counterpart in the other; calls with a title stand alone."""
    loose = [[piece for piece in pieces_of(source) if piece.kind == "loose"] for source in (before, answer)]
    keys = [{piece.key for piece in pieces} for pieces in loose]
    return (
        [piece for piece in loose[0] if piece.key not in keys[1] and not _TITLE.search(piece.key)],
        [piece for piece in loose[1] if piece.key not in keys[0] and not _TITLE.search(piece.key)],
    )


def _is_other_program(before: Source, answer: Source) -> bool:
    """Whether an answer with all definitions does other things at its top: then it is the program to have."""
    gone, new = _strays(before, answer)
    keys = {piece.key for piece in pieces_of(before) if piece.kind == "definition"}
    return bool(gone and len(new) >= len(gone)) and keys <= {piece.key for piece in pieces_of(answer)}


def _without_strays(before: Source, text: str) -> Cleaned:
    """Without statements that may stand for others of the file: nobody knows for which."""
    source = read_source(text, before.language)
    gone, new = _strays(before, source)
    if not gone or not new:
        return text, []
    mends = [Mend(name="left-out", detail=piece.label) for piece in new]
    return edited(source.data, [cut(source, piece) for piece in new]), mends


def _exported(before: Source, text: str) -> Cleaned:
    """With the exports of changed definitions, where a whole new text has no statement for them any more."""
    if before.language in ("go", "rust"):
        return text, []
    source = read_source(text, before.language)
    was, now = exports_of(before).names, exports_of(source).names
    olds = {piece.key: piece for piece in pieces_of(before)}
    lost = [
        piece
        for piece in pieces_of(source)
        if piece.key in olds and not (now and is_same(before, olds[piece.key], source, piece))
    ]
    return with_exports(text, before, was & {name for piece in lost for name in piece.names})

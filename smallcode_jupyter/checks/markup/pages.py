"""Obvious faults of a page: tags that do not match, ids that occur twice or nowhere.

The standard library's tokenizer is enough for that: a full HTML parser mends a page silently, which is what is not
wanted here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["ENDED_BY", "VOID", "Page", "Piece", "has_templates", "read_page"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen"
)
_MAY_STAY_OPEN = _words(
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption html head body rt rp"
)
_BLOCKS = _words(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hgroup hr main menu nav ol p pre section table ul"
)
ENDED_BY = {
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option", "optgroup"}),
    "optgroup": frozenset({"optgroup"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "thead": frozenset({"tbody", "tfoot"}),
    "tbody": frozenset({"tbody", "tfoot"}),
    "caption": frozenset({"thead", "tbody", "tr", "colgroup"}),
    "colgroup": frozenset({"thead", "tbody", "tr"}),
    "head": frozenset({"body"}),
    "rt": frozenset({"rt", "rp"}),
    "rp": frozenset({"rt", "rp"}),
}
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "headers")
_FOREIGN = frozenset({"svg", "math"})
_TEMPLATES = re.compile(
    r"\{%|<%|<\?(?:php|=)|\{\{-?\s*(?:[#/^]|(?:block|define|else|end|if|range|template|with)\b)"
    r"|<!doctype[^>]*xhtml|<\?xml",
    re.IGNORECASE,
)
_SCRIPT_TYPES = frozenset({"", "text/javascript", "application/javascript", "module"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A script or a style sheet inside the page."""

    kind: str
    """`script`, `module` or `style`."""
    text: str
    line: int
    """Where its text begins, counted from 1."""


@dataclass(slots=True, kw_only=True)
class Page:
    """What was found. Faults are pairs of a line and what is wrong."""

    structure: list[tuple[int, str]] = field(default_factory=list)
    """Tags that do not match."""
    references: list[tuple[int, str, str]] = field(default_factory=list)
    """Ids that are named but not there: the line, the id, what is wrong. A script may make them."""
    doubles: list[tuple[int, str]] = field(default_factory=list)
    """Ids that occur again."""
    pieces: list[Piece] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    """The scripts that are loaded."""


def has_templates(text: str) -> bool:
    """Whether a program makes pages from it, or it is XML: its tags then follow other rules."""
    return _TEMPLATES.search(text) is not None


def read_page(text: str) -> Page:
    """The faults of a page or a piece of one. Never raises."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, int]] = []
        self._ids: Counter[str] = Counter()
        self._named: list[tuple[int, str, str]] = []
        self._piece: tuple[str, int, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self._end_implied(tag)
        self._note(tag, dict(attrs), line)
        if tag not in VOID:
            self._open.append((tag, line))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self._end_implied(tag)
        self._note(tag, dict(attrs), line)
        is_foreign = tag in _FOREIGN or any(name in _FOREIGN for name, _ in self._open)
        if tag not in VOID and not is_foreign and "-" not in tag:
            fault = f"<{tag}/> does not close itself in HTML: write <{tag}></{tag}>"
            self.page.structure.append((line, fault))
        self._piece = None

    def handle_endtag(self, tag: str) -> None:
        line = self.getpos()[0]
        self._end_piece()
        if tag in VOID:
            return  # browsers leave it out, too
        if all(name != tag for name, _ in self._open):
            self.page.structure.append((line, f"</{tag}> closes nothing that is open"))
            return
        while self._open:
            name, opened = self._open.pop()
            if name == tag:
                return
            if name not in _MAY_STAY_OPEN:
                self.page.structure.append((opened, f"<{name}> is not closed before </{tag}> in line {line}"))

    def handle_data(self, data: str) -> None:
        if self._piece is not None:
            self._piece[2].append(data)

    def finish(self) -> Page:
        """The page, with what only shows at its end."""
        self._end_piece()
        page = self.page
        page.structure += [
            (line, f"<{name}> is never closed") for name, line in self._open if name not in _MAY_STAY_OPEN
        ]
        page.structure.sort()
        page.references = [found for found in self._named if found[1] not in self._ids]
        return page

    def _end_implied(self, tag: str) -> None:
        while self._open and tag in ENDED_BY.get(self._open[-1][0], ()):
            self._open.pop()

    def _note(self, tag: str, attributes: dict[str, str | None], line: int) -> None:
        name = attributes.get("id")
        if name and "{" not in name:
            self._ids[name] += 1
            if self._ids[name] > 1:
                self.page.doubles.append((line, f'the id "{name}" occurs twice'))
        if tag == "label" and (target := attributes.get("for")) and "{" not in target:
            self._named.append((line, target, f'no element has the id "{target}" that this label is for'))
        for attribute in _REFERENCES:
            targets = attributes.get(attribute) or ""
            for target in targets.split() if "{" not in targets else ():
                self._named.append((line, target, f'no element has the id "{target}" of {attribute}'))
        if tag == "script":
            self._note_script(attributes)
        elif tag == "style":
            self._piece = ("style", self._end_of_tag(), [])

    def _note_script(self, attributes: dict[str, str | None]) -> None:
        kind = (attributes.get("type") or "").lower()
        source = attributes.get("src")
        if source:
            self.page.sources.append(source)
        elif kind in _SCRIPT_TYPES:
            self._piece = ("module" if kind == "module" else "script", self._end_of_tag(), [])

    def _end_of_tag(self) -> int:
        return self.getpos()[0] + (self.get_starttag_text() or "").count("\n")

    def _end_piece(self) -> None:
        if self._piece is not None:
            kind, line, parts = self._piece
            self.page.pieces.append(Piece(kind=kind, text="".join(parts), line=line))
            self._piece = None

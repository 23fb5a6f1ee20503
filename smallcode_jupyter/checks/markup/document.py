"""The elements of a page as a tree, mended as browsers mend it as far as that matters for styles. Never raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from smallcode_jupyter.checks.markup.pages import ENDED_BY, VOID

__all__ = ["Document", "SheetSource", "read_document", "text_of"]

_MOST_ELEMENTS = 1_500
_DEEPEST = 60
_RAW = frozenset({"script", "style"})
_IN_HEAD = frozenset({"base", "link", "meta", "script", "style", "title", "noscript", "template"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSource:
    """Where a part of the page's style comes from."""

    text: str = ""
    """Of a `style` element."""
    href: str = ""
    """Of a `link`; empty for a `style` element."""
    media: str = ""


@dataclass(slots=True, kw_only=True)
class Document:
    """A page: its `html` element with `head` and `body`, and its style sheets in order."""

    root: Element
    sheets: list[SheetSource] = field(default_factory=list)


def read_document(text: str) -> Document:
    """The page's tree. What goes beyond 1,500 elements or 60 levels is left out."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.document


def text_of(element: Element) -> str:
    """What an element says, white space joined."""
    return " ".join("".join(element.itertext()).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        root = Element("html")
        self._head, self._body = SubElement(root, "head"), SubElement(root, "body")
        self.document = Document(root=root)
        self._open: list[Element] = [self._head]
        self._count = 0
        self._style: Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag in ("html", "head", "body"):
            self._enter_frame(tag, attributes)
            return
        if self._open == [self._head] and tag not in _IN_HEAD:
            self._open = [self._body]
        while len(self._open) > 1 and tag in ENDED_BY.get(self._open[-1].tag, ()):
            self._open.pop()
        if self._count >= _MOST_ELEMENTS or len(self._open) >= _DEEPEST:
            return
        self._count += 1
        element = SubElement(self._open[-1], tag, attributes)
        if tag not in VOID:
            self._open.append(element)
        if tag == "style":
            self._style = element
        elif tag == "link" and "stylesheet" in attributes.get("rel", "").lower().split():
            source = SheetSource(href=attributes.get("href", ""), media=attributes.get("media", ""))
            self.document.sheets.append(source)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        is_foreign = any(element.tag in ("svg", "math") for element in self._open)
        if is_foreign and len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        self._end_style()
        if tag == "head":
            self._open = [self._body]
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if self._open == [self._head]:
            if not data.strip():
                return
            self._open = [self._body]
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data

    def finish(self) -> None:
        """Take in what was never closed; what scripts and styles hold is no text of the page."""
        self._end_style()
        for element in self.document.root.iter():
            if element.tag in _RAW:
                element.text = ""

    def _enter_frame(self, tag: str, attributes: dict[str, str]) -> None:
        frame = {"html": self.document.root, "head": self._head, "body": self._body}[tag]
        for name, value in attributes.items():
            frame.attrib.setdefault(name, value)
        if tag == "body" and self._open[0] is self._head:
            self._open = [self._body]

    def _end_style(self) -> None:
        if self._style is not None:
            source = SheetSource(text=self._style.text or "", media=self._style.get("media", ""))
            self.document.sheets.append(source)
            self._style = None

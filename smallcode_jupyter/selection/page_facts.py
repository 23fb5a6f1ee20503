"""What a page consists of, told independently of its spelling: forms, links, headings, landmarks, texts for readers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from smallcode_jupyter.checks.markup.document import text_of
from smallcode_jupyter.checks.markup.styled import StyledPage

__all__ = ["controls", "structure"]

_LIMITS = ("min", "max", "minlength", "maxlength", "pattern", "step", "autocomplete", "multiple", "accept")
_LANDMARKS = frozenset({"header", "nav", "main", "aside", "footer", "form", "search", "section", "article"})
_CONTROLS = frozenset({"input", "select", "textarea", "output", "progress", "meter"})
_UNSEEN = frozenset({"hidden", "submit", "button", "reset", "image"})


@lru_cache(maxsize=4)
def structure(page: StyledPage) -> dict[str, str]:
    """The facts by name; the names are the same for every page."""
    elements = [*page.root.iter()]
    ids = {element.get("id") for element in elements}
    links = [element for element in elements if element.tag == "a" and "href" in element.attrib]
    inside = [link.get("href", "") for link in links if link.get("href", "").startswith("#")]
    return {
        "headings": _joined(f"{e.tag} {text_of(e).casefold()}" for e in elements if e.tag in _HEADINGS),
        "landmarks": _joined(_landmark(e) for e in elements if e.tag in _LANDMARKS or "role" in e.attrib),
        "links": _joined(f"{link.get('href')} {text_of(link).casefold()}" for link in links),
        "links lead somewhere": str(all(href == "#" or href[1:] in ids for href in inside)),
        "images": _joined(_image(e) for e in elements if e.tag == "img"),
        "forms": _joined(_form(e) for e in elements if e.tag == "form"),
        "buttons": _joined(f"{_kind(e)} {_said(e)}" for e in elements if _is_button(e)),
        "aria": _joined(
            sorted(f"{n}={v}" for e in elements for n, v in e.attrib.items() if n.startswith("aria-"))
        ),
        "tables": _joined(_table(e) for e in elements if e.tag == "table"),
        "lists": _joined(f"{e.tag} {len(e.findall('li'))}" for e in elements if e.tag in ("ul", "ol")),
        "language and title": f"{page.root.get('lang', '')} {_title(page.root)}",
        "scales": str(any(e.get("name") == "viewport" for e in elements if e.tag == "meta")),
    }


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@lru_cache(maxsize=4)
def controls(page: StyledPage) -> dict[str, str]:
    """Each field of the page's forms by its name, id or order: kind, whether it must be filled in, limits, label."""
    labelled = {e.get("for") for e in page.root.iter("label") if text_of(e)}
    wrapped = {id(field) for e in page.root.iter("label") if text_of(e) for field in e.iter()}
    found: dict[str, str] = {}
    for element in page.root.iter():
        if element.tag not in _CONTROLS or (element.tag == "input" and _kind(element) in _UNSEEN):
            continue
        name = element.get("name") or element.get("id") or f"number {len(found) + 1}"
        if _kind(element) == "radio":
            name += f"={element.get('value', '')}"
        has_label = (
            (element.get("id") or None) in labelled
            or id(element) in wrapped
            or bool(element.get("aria-label") or element.get("aria-labelledby"))
        )
        told = [
            _kind(element),
            *(f"{limit}={element.attrib[limit]}" for limit in _LIMITS if limit in element.attrib),
        ]
        told += [word for word in ("required", "checked", "disabled", "readonly") if word in element.attrib]
        told += [f"offers {text_of(option).casefold()}" for option in element.iter("option")]
        found.setdefault(name, " ".join([*told, "labelled" if has_label else "without a label"]))
    return found


def _joined(parts: Iterator[str] | list[str]) -> str:
    return " | ".join(parts)


def _kind(element: Element) -> str:
    default = {"input": "text", "button": "submit"}.get(element.tag, element.tag)
    return (element.get("type") or default).lower()


def _is_button(element: Element) -> bool:
    return element.tag == "button" or (element.tag == "input" and _kind(element) in _UNSEEN - {"hidden"})


def _said(element: Element) -> str:
    return (text_of(element) or element.get("value") or element.get("aria-label") or "").casefold()


def _landmark(element: Element) -> str:
    name = element.get("aria-label", "").casefold()
    return f"{element.get('role') or element.tag} {name}".strip()


def _image(element: Element) -> str:
    """Whether it is told to those who cannot see it."""
    return "told" if element.get("alt") else "silent" if "alt" in element.attrib else "untold"


def _form(element: Element) -> str:
    checks = "unchecked" if "novalidate" in element.attrib else "checked"
    return f"{element.get('method', 'get').lower()} to {element.get('action', '')}, {checks}"


def _table(element: Element) -> str:
    rows = [*element.iter("tr")]
    heads = [cell.get("scope", "") for cell in element.iter("th")]
    caption = "captioned" if element.find("caption") is not None else "without a caption"
    return f"{len(rows)} rows, {max((len(row) for row in rows), default=0)} columns, {heads}, {caption}"


def _title(root: Element) -> str:
    return next((text_of(title).casefold() for title in root.iter("title")), "")

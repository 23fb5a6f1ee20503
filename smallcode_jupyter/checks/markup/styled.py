"""A page with what its styles come to, in any surroundings and in the states that a person brings about."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from smallcode_jupyter.checks.markup.cascade import Style, match_rules, match_states, styles_of
from smallcode_jupyter.checks.markup.document import read_document
from smallcode_jupyter.checks.markup.media import Surroundings, holds
from smallcode_jupyter.checks.markup.sheets import STATE_ATTRIBUTE, Read, Rule, compiled_selectors, read_sheet

__all__ = ["StyledPage", "sheets_of"]

_TOGGLES = frozenset({"checkbox", "radio"})
_WIDE = Surroundings()
_ARRANGES = re.compile(r"^(?:(?:row-|column-|grid-)?gap|grid|flex|justify|align|place|display|list-style)")


def sheets_of(path: str, text: str) -> tuple[str, ...]:
    """The paths of the style sheets in the workspace that a page links to."""
    return tuple(
        _joined(path, source.href) for source in read_document(text).sheets if _is_local(source.href)
    )


def _is_local(href: str) -> bool:
    return bool(href) and ":" not in href and not href.startswith("//")


def _joined(path: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), href.partition("?")[0])).lstrip("/")


class StyledPage:
    """Everything about one page that does not need it to be laid out."""

    def __init__(self, path: str, text: str, *, read: Read) -> None:
        """`read` gives the style sheets that the page links to. Never raises for what is in any of them."""
        document = read_document(text)
        self.root = document.root
        self.rules: list[Rule] = []
        for source in document.sheets:
            place = _joined(path, source.href) if source.href else path
            sheet = (read(place) if _is_local(source.href) else None) if source.href else source.text
            self.rules += read_sheet(sheet or "", media=source.media, path=place, read=read)
        for element in self.toggles:
            if "checked" in element.attrib:
                element.set(f"{STATE_ATTRIBUTE}checked", "")
        self._states = {rule.text for rule in self.rules if rule.has_state}
        self._matched = match_rules(self.root, self.rules)
        self._styles: dict[tuple[bool, ...], tuple[Style, ...]] = {}
        self._queries = tuple(dict.fromkeys(rule.queries for rule in self.rules))
        self._located: dict[str, tuple[int, ...]] = {}

    @property
    def elements(self) -> Sequence[Element]:
        """All elements in order."""
        return self._matched.elements

    @property
    def parents(self) -> Sequence[int]:
        """The place of each element's parent; -1 for the root."""
        return self._matched.parents

    @property
    def toggles(self) -> list[Element]:
        """The boxes and radio buttons."""
        return [element for element in self.root.iter("input") if element.get("type", "").lower() in _TOGGLES]

    def styles(self, where: Surroundings = _WIDE) -> tuple[Style, ...]:
        """The values of each element, in order."""
        key = tuple(all(holds(query, where) for query in queries) for queries in self._queries)
        if key not in self._styles:
            self._styles[key] = styles_of(self._matched, where)
        return self._styles[key]

    def located(self, selector: str) -> tuple[int, ...]:
        """The places of the elements that a selector means; empty for one that cannot be read."""
        if selector not in self._located:
            tests = [each.test for each in compiled_selectors(selector)]
            self._located[selector] = tuple(
                place
                for place, wrapped in enumerate(self._matched.wrapped)
                if any(test(wrapped) for test in tests)
            )
        return self._located[selector]

    def concerned(self, selector: str, name: str) -> tuple[int, ...]:
        """The places of the elements whose `name` matters to what a selector means.

        Words say of links that they stand in a row; it is their list that says so in a style sheet.
        """
        places = self.located(selector)
        if not _ARRANGES.match(name):
            return places
        inside = set(places)
        for place, parent in enumerate(self.parents):
            if parent in inside:
                inside.add(place)
        return tuple(sorted(inside | {self.parents[place] for place in places} - {-1}))

    def has_state(self, state: str) -> bool:
        """Whether any rule goes by `hover`, `focus`, `active`, `target` or `checked`."""
        return any(f"{STATE_ATTRIBUTE}{state}" in text for text in self._states)

    def styles_with(self, states: Sequence[str], elements: Iterable[Element]) -> tuple[Style, ...]:
        """The values while these elements are in these states; checking a radio button unchecks its group."""
        chosen = [*elements]
        names = [f"{STATE_ATTRIBUTE}{state}" for state in states]
        before = [(element, dict(element.attrib)) for element in self.root.iter()]
        if "checked" in states and len(chosen) == 1 and chosen[0].get("type", "").lower() == "radio":
            for other in self.toggles:
                if other.get("name") == chosen[0].get("name"):
                    other.attrib.pop(f"{STATE_ATTRIBUTE}checked", None)
        for element in chosen:
            element.attrib.update(dict.fromkeys(names, ""))
        styles = styles_of(match_states(self._matched, self.rules), _WIDE)
        for element, attributes in before:
            element.attrib.clear()
            element.attrib.update(attributes)
        return styles

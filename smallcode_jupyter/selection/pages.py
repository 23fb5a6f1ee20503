"""Observing pages and style sheets without a browser: what their styles come to, and what they consist of.

The questions are made up at the first answer and put to all, so that the answers can be compared. What the words leave
open (a colour, a margin) is not asked about: two good answers differ there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from smallcode_jupyter.checks.markup.cascade import Style, initial_of
from smallcode_jupyter.checks.markup.media import Surroundings
from smallcode_jupyter.checks.markup.shorthands import LONGHANDS
from smallcode_jupyter.checks.markup.styled import StyledPage
from smallcode_jupyter.checks.page_words import elements_named, properties_named, read_wishes, sentences
from smallcode_jupyter.selection.outcomes import BROKE, Outcome
from smallcode_jupyter.selection.page_facts import controls, structure

__all__ = ["Question", "observe_page", "page_questions"]

_WIDTHS = (360, 768, 1280)
_MOST_SELECTORS = 24
_MOST_NAMED = 60
_MOST_TOGGLES = 4
_TAGS = (
    "body", "header", "nav", "main", "section", "article", "aside", "footer", "form", "fieldset", "ul", "ol", "li", "a",
    "label", "input", "select", "textarea", "button", "table", "img", "h1", "h2", "p",
)  # fmt: skip
_ARRANGED = ("display", "position", "visibility", "float")
Ask = Callable[[StyledPage], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to look up in every answer's page."""

    name: str
    """In words."""
    ask: Ask
    """Equal texts mean the same; empty where there is nothing to look at."""


def page_questions(words: str, before: StyledPage | None, first: StyledPage) -> tuple[Question, ...]:
    """What to compare pages by. `before`: the page as it was; `first`: in the first answer."""
    known = _names(words, before)
    named = [selector for sentence in sentences(words) for selector in elements_named(sentence)]
    selectors = dict.fromkeys(
        selector for selector in named if first.located(selector) or selector[0] in ".#"
    )
    selectors.update(dict.fromkeys(f"#{name}" for name in known.ids if first.located(f"#{name}")))
    selectors.update(dict.fromkeys(f".{name}" for name in known.classes if first.located(f".{name}")))
    selectors.update(dict.fromkeys(tag for tag in _TAGS if first.located(tag)))
    places = _surroundings(words, first)
    questions = [_arrangement(selector, places) for selector in [*selectors][:_MOST_SELECTORS]]
    questions += [*_of_properties(words, places)][:_MOST_NAMED]
    questions += [_fact(name) for name, told in structure(first).items() if told]
    questions += [_field(name) for name in controls(first)]
    questions += _of_states(words, first, known)
    return _gathered(questions, before, first)


def _gathered(
    questions: Sequence[Question], before: StyledPage | None, first: StyledPage
) -> tuple[Question, ...]:
    """What the first answer left as it was counts as one question: it would drown the few that tell answers apart.

    Where it left all of it (a script may be what changed), there is nothing to ask.
    """
    kept = [each for each in questions if before is not None and each.ask(before) == each.ask(first)]
    changed = [each for each in questions if each not in kept]
    if not kept or not changed:
        return tuple(changed)

    def ask(page: StyledPage) -> str:
        return "\n".join(each.ask(page) or "nothing there" for each in kept)

    return (*changed, Question(name="what need not change", ask=ask))


def observe_page(questions: Sequence[Question], page: StyledPage | None) -> list[Outcome]:
    """An outcome for each question; all broken where there is no page any more."""
    return [_answered(question, page) for question in questions]


def _answered(question: Question, page: StyledPage | None) -> Outcome:
    told = question.ask(page) if page is not None else ""
    if not told:
        return Outcome(text=f"{BROKE}nothing there", call=question.name)
    return Outcome(text=hashlib.sha256(told.encode()).hexdigest()[:12], call=question.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Names that mean the same in every answer: others are each answer's own."""

    ids: tuple[str, ...]
    classes: tuple[str, ...]

    def label(self, element: Element) -> str:
        """How to tell of an element."""
        own = [f"#{name}" for name in (element.get("id"),) if name in self.ids]
        own += [f".{name}" for name in element.get("class", "").split() if name in self.classes]
        return element.tag + "".join(own)


def _names(words: str, before: StyledPage | None) -> _Known:
    ids = dict.fromkeys(re.findall(r"(?<![\w&])#([A-Za-z_][\w-]*)", words))
    classes = dict.fromkeys(re.findall(r"(?<=[`\s>])\.([A-Za-z_][\w-]*)", words))
    for sentence in sentences(words):
        for selector in elements_named(sentence):
            (ids if selector[0] == "#" else classes).update(
                {selector[1:]: None} if selector[0] in ".#" else {}
            )
    for element in before.elements if before is not None else ():
        ids.update({element.get("id", ""): None} if element.get("id") else {})
        classes.update(dict.fromkeys(element.get("class", "").split()))
    return _Known(ids=tuple(ids), classes=tuple(classes))


def _surroundings(words: str, first: StyledPage) -> tuple[Surroundings, ...]:
    """The usual widths, both sides of those that the words name, and other media where anything speaks of them."""
    named = [float(wish.value[0]) for wish in read_wishes(words) if wish.kind == "width"]
    widths = {*_WIDTHS, *(round(width) + step for width in named[:3] for step in (-1, 0, 1))}
    found = [Surroundings(width=width) for width in sorted(widths)]
    spoken = " ".join([words, *(query for rule in first.rules for query in rule.queries)]).lower()
    if re.search(r"\bprint", spoken):
        found.append(Surroundings(medium="print"))
    if re.search(r"\bdark\b", spoken):
        found.append(Surroundings(is_dark=True))
    if re.search(r"reduced?[- ]motion|less movement", spoken):
        found.append(Surroundings(is_still=True))
    return tuple(found)


def _arrangement(selector: str, places: Sequence[Surroundings]) -> Question:
    """How the elements are laid out, in every place."""

    def ask(page: StyledPage) -> str:
        found = page.located(selector)
        return "; ".join(_in_place(page, found, where) for where in places) if found else ""

    return Question(name=f"layout of {selector}", ask=ask)


def _in_place(page: StyledPage, found: Sequence[int], where: Surroundings) -> str:
    styles = page.styles(where)
    return " ".join(dict.fromkeys(_arranged(page, styles, place) for place in found))


def _arranged(page: StyledPage, styles: Sequence[Style], place: int) -> str:
    """`flex row wrap`, `grid of 3`, `block`, `hidden`: what does not matter there left out."""
    above = place
    while above >= 0:
        if styles[above].get("display") == ("none",):
            return "hidden"
        above = page.parents[above]
    style = styles[place]
    display, position, visibility, floating = (_text(style, name) for name in _ARRANGED)
    told = [display.removeprefix("inline-") if "flex" in display or "grid" in display else display]
    if "flex" in display:
        told += [_text(style, "flex-direction"), _text(style, "flex-wrap")]
    elif "grid" in display:
        told.append(f"of {_columns(style)}")
    if position not in ("static", "relative"):
        told.append(position)
    told += [word for word, usual in ((visibility, "visible"), (floating, "none")) if word != usual]
    return " ".join(told)


def _columns(style: Style) -> str:
    """How many columns a grid has."""
    parts = style.get("grid-template-columns", ("none",))
    repeated = re.match(r"repeat\((\S+) , (.+)\)$", parts[0])
    if len(parts) == 1 and repeated:
        return repeated[1] if repeated[1].startswith("auto") else str(int(repeated[1]) * _tracks(repeated[2]))
    return "1" if parts == ("none",) else str(_tracks(" ".join(parts)))


def _tracks(text: str) -> int:
    return len(re.findall(r"[^\s()]+(?:\([^()]*\))?", text)) or 1


def _of_properties(words: str, places: Sequence[Surroundings]) -> Iterator[Question]:
    """Where a sentence speaks of elements and of properties: what these properties come to on those."""
    asked: set[tuple[str, str]] = set()
    for sentence in sentences(words):
        for selector in elements_named(sentence):
            for name in properties_named(sentence):
                if (selector, name) not in asked:
                    asked.add((selector, name))
                    yield _property(selector, name, places)


def _property(selector: str, name: str, places: Sequence[Surroundings]) -> Question:
    names = LONGHANDS.get(name, (name,))

    def ask(page: StyledPage) -> str:
        found = page.concerned(selector, name)
        told = []
        for where in places if found else ():
            styles = page.styles(where)
            told.append(" / ".join(dict.fromkeys(_written(styles[place], names) for place in found)))
        return "; ".join(told)

    return Question(name=f"{name} of {selector}", ask=ask)


def _written(style: Style, names: Sequence[str]) -> str:
    return ", ".join(_text(style, name) for name in names)


def _text(style: Style, name: str) -> str:
    return " ".join(style.get(name) or initial_of(name))


def _fact(name: str) -> Question:
    return Question(name=name, ask=lambda page: structure(page)[name])


def _field(name: str) -> Question:
    return Question(name=f"field {name}", ask=lambda page: controls(page).get(name, ""))


def _of_states(words: str, first: StyledPage, known: _Known) -> list[Question]:
    """What changes when something is pointed at, focused, checked or gone to."""
    names = {*(name for sentence in sentences(words) for name in properties_named(sentence)), *_ARRANGED}
    watched = tuple(sorted(long for name in names for long in LONGHANDS.get(name, (name,))))
    spoken = words.lower()
    found = []
    for state, pattern in (("hover", r"hover|mouse|point"), ("focus", r"focus|keyboard|\btab key")):
        if first.has_state(state) or re.search(pattern, spoken):
            states = (state,) if state == "hover" else ("focus", "focus-visible", "focus-within")
            found.append(_change(state, states, lambda page: [*page.elements], known, watched))
    for number in range(min(len(first.toggles), _MOST_TOGGLES) if first.has_state("checked") else 0):
        found.append(_change(f"box {number + 1} checked", ("checked",), _toggle(number), known, watched))
    for number in range(min(len(_targets(first)), _MOST_TOGGLES) if first.has_state("target") else 0):
        found.append(_change(f"target {number + 1}", ("target",), _target(number), known, watched))
    return found


def _toggle(number: int) -> Callable[[StyledPage], list[Element]]:
    return lambda page: page.toggles[number : number + 1]


def _target(number: int) -> Callable[[StyledPage], list[Element]]:
    return lambda page: _targets(page)[number : number + 1]


def _targets(page: StyledPage) -> list[Element]:
    """The elements that links of the page lead to."""
    by_id: Mapping[str, Element] = {element.get("id", ""): element for element in page.elements}
    hrefs = [element.get("href", "") for element in page.elements if element.tag == "a"]
    return [
        by_id[href[1:]] for href in dict.fromkeys(hrefs) if href[:1] == "#" and href[1:] in by_id and href[1:]
    ]


def _change(
    name: str,
    states: Sequence[str],
    chosen: Callable[[StyledPage], list[Element]],
    known: _Known,
    watched: Sequence[str],
) -> Question:
    def ask(page: StyledPage) -> str:
        elements = chosen(page)
        if not elements or not any(page.has_state(state) for state in states):
            return ""
        calm, stirred = page.styles(), page.styles_with(states, elements)
        told = [
            f"{known.label(element)} {prop} {_text(after, prop)}"
            for element, before, after in zip(page.elements, calm, stirred, strict=True)
            for prop in watched
            if _text(before, prop) != _text(after, prop)
        ]
        return "; ".join(dict.fromkeys(told)) or "nothing changes"

    return Question(name=name, ask=ask)

"""The values that a page's styles come to, element by element: specificity, order, inheritance, variables.

What a browser computes before it lays anything out. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper, Matcher
from tinycss2.ast import Node

from smallcode_jupyter.checks.markup.media import Surroundings
from smallcode_jupyter.checks.markup.sheets import Declared, Rule, read_declarations, read_sheet
from smallcode_jupyter.checks.markup.shorthands import Written, longhands
from smallcode_jupyter.checks.markup.values import Parts, names_in, parts_of, substituted

__all__ = ["Matched", "Style", "initial_of", "match_rules", "match_states", "styles_of"]

Style = Mapping[str, Parts]
"""An element's values by property, shorthands written out, where anything sets them."""
_INHERITED = names_in(
    "border-collapse border-spacing caption-side caret-color color color-scheme cursor direction empty-cells"
    " font-family font-size font-stretch font-style font-variant font-weight hyphens letter-spacing line-height"
    " list-style-image list-style-position list-style-type orphans overflow-wrap pointer-events quotes tab-size"
    " text-align text-indent text-shadow text-transform visibility white-space widows"
    " word-break word-spacing accent-color"
)
_INITIAL = {
    "display": "inline", "position": "static", "visibility": "visible", "float": "none", "color": "#000000",
    "background-color": "transparent", "background-image": "none", "font-weight": "400", "font-size": "16px",
    "font-style": "normal", "text-align": "start", "text-decoration-line": "none", "flex-direction": "row",
    "flex-wrap": "nowrap", "flex-grow": "0", "flex-shrink": "1", "flex-basis": "auto", "opacity": "1",
    "width": "auto", "height": "auto", "min-width": "auto", "min-height": "auto", "max-width": "none",
    "max-height": "none", "z-index": "auto", "order": "0", "overflow-x": "visible", "overflow-y": "visible",
    "border-collapse": "separate", "list-style-type": "disc", "box-sizing": "content-box", "cursor": "auto",
    "grid-template-columns": "none", "justify-content": "normal", "align-items": "normal", "row-gap": "normal",
    "column-gap": "normal", "top": "auto", "right": "auto", "bottom": "auto", "left": "auto", "content": "normal",
    "text-transform": "none", "white-space": "normal", "line-height": "normal", "transform": "none",
}  # fmt: skip
_ZERO = re.compile(r"^(?:margin|padding|border-.*-(?:width|radius)|outline-width)")
_USER_AGENT = """
html, body, div, p, header, footer, main, nav, section, article, aside, address, blockquote, dl, dd, dt, figure,
figcaption, form, fieldset, legend, h1, h2, h3, h4, h5, h6, hr, ol, ul, menu, pre, details, summary, search, hgroup,
optgroup, option { display: block }
li { display: list-item } head, script, style, title, meta, link, template, [hidden], datalist, base { display: none }
table { display: table } tr { display: table-row } td, th { display: table-cell } caption { display: table-caption }
thead { display: table-header-group } tbody { display: table-row-group } tfoot { display: table-footer-group }
button, input, select, textarea, meter, progress { display: inline-block }
h1, h2, h3, h4, h5, h6, b, strong, th { font-weight: 700 } i, em, cite, address { font-style: italic }
h1 { font-size: 2em } h2 { font-size: 1.5em } h3 { font-size: 1.17em } small { font-size: 0.83em }
body { margin: 8px } p, ul, ol, dl { margin: 1em 0 } ul, ol { padding-left: 40px } ul { list-style-type: disc }
ol { list-style-type: decimal } a[href] { color: #0000ee; text-decoration: underline; cursor: pointer }
th, caption, button { text-align: center } u, ins { text-decoration: underline }
"""
_FONT_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_RELATIVE = re.compile(r"(?<![\w.#-])(-?[\d.]+)em\b")
_GLOBAL = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A rule that matches, with what decides whether it wins."""

    rank: tuple[int, int, tuple[int, int, int], int]
    """Origin, layer, specificity, order."""
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A page's elements in order, each with the rules that match it."""

    wrapped: tuple[ElementWrapper, ...]
    """The elements as selectors are matched against them."""
    parents: tuple[int, ...]
    """The place of each element's parent; -1 for the root."""
    inline: tuple[Declared | None, ...]
    lasting: tuple[tuple[_Weighed, ...], ...]
    """By element, the rules that match it whatever a person does."""
    passing: tuple[tuple[_Weighed, ...], ...]
    """By element, those that match it in the states it is in."""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements themselves."""
        return tuple(each.etree_element for each in self.wrapped)


def match_rules(root: Element, rules: Sequence[Rule]) -> Matched:
    """Which rules match which elements as they are now; those for parts such as `::before` are left out."""
    matcher = Matcher()
    for origin, sheet in ((0, _browser_rules()), (1, rules)):
        for order, rule in enumerate(sheet):
            if rule.selector.pseudo_element is None and not rule.has_state:
                matcher.add_selector(rule.selector, (origin, order, rule))
    wrapped: list[ElementWrapper] = []
    parents = tuple(_walk(ElementWrapper.from_html_root(root), -1, wrapped))
    styles = (each.etree_element.get("style") for each in wrapped)
    matched = Matched(
        wrapped=tuple(wrapped),
        parents=parents,
        inline=tuple(read_declarations(style) if style else None for style in styles),
        lasting=tuple(tuple(_weighed(matcher, each)) for each in wrapped),
        passing=(),
    )
    return match_states(matched, rules)


def match_states(matched: Matched, rules: Sequence[Rule]) -> Matched:
    """The same page with its elements in the states that they are in now."""
    stateful = [
        _Weighed((1, rule.layer, rule.selector.specificity, order), rule)
        for order, rule in enumerate(rules)
        if rule.has_state and rule.selector.pseudo_element is None
    ]
    return replace(
        matched,
        passing=tuple(tuple(w for w in stateful if _matches(w.rule, each)) for each in matched.wrapped),
    )


def _matches(rule: Rule, wrapped: ElementWrapper) -> bool:
    try:
        return bool(rule.selector.test(wrapped))
    except (RecursionError, ValueError, TypeError, AttributeError):
        return False


def _walk(wrapped: ElementWrapper, parent: int, found: list[ElementWrapper]) -> Iterator[int]:
    """Puts the elements into `found` in order; yields the place of each one's parent."""
    place = len(found)
    found.append(wrapped)
    yield parent
    for child in wrapped.iter_children():
        yield from _walk(child, place, found)


def _weighed(matcher: Matcher, wrapped: ElementWrapper) -> Iterator[_Weighed]:
    try:
        matches = matcher.match(wrapped)
    except (RecursionError, ValueError, TypeError, AttributeError):
        return
    for specificity, _, _, (origin, order, rule) in matches:
        yield _Weighed((origin, rule.layer, specificity, order), rule)


@cache
def _browser_rules() -> tuple[Rule, ...]:
    return tuple(read_sheet(_USER_AGENT, read=lambda _: None))


_Variables = Mapping[str, Sequence[Node]]
_Computed = tuple[Style, _Variables]


def styles_of(matched: Matched, where: Surroundings) -> tuple[Style, ...]:
    """The values of each element, in order. Elements alike in all that matters share theirs."""
    counts: dict[tuple[str, ...], bool] = {}
    known: dict[tuple[int, ...], _Computed] = {}
    found: list[_Computed] = []
    for place, parent in enumerate(matched.parents):
        weighed = [*matched.lasting[place], *matched.passing[place]]
        for each in weighed:
            if each.rule.queries not in counts:
                counts[each.rule.queries] = each.rule.holds(where)
        weighed = [each for each in weighed if counts[each.rule.queries]]
        weighed.sort(key=attrgetter("rank"))
        blocks = [each.rule.declared for each in weighed]
        inline = matched.inline[place]
        if inline is not None:
            blocks.append(inline)
        above = found[parent] if parent >= 0 else ({}, {})
        key = (id(above[0]), *map(id, blocks))
        if key not in known:
            known[key] = _computed(blocks, *above)
        found.append(known[key])
    return tuple(style for style, _ in found)


def _computed(blocks: Sequence[Declared], parent: Style, inherited: _Variables) -> _Computed:
    """The blocks in the order of their weight, the strongest last, on what is inherited."""
    style = {name: value for name, value in parent.items() if name in _INHERITED}
    variables = _variables(blocks, inherited)
    won: Written = {}
    for is_important in (False, True):
        for block in blocks:
            won.update(block.important if is_important else block.plain)
            if block.variables:
                won.update(_with_variables(block, variables, is_important=is_important))
    for name, value in won.items():
        if len(value) == 1 and value[0] in _GLOBAL:
            value = _taken(name, value[0], parent)
        style[name] = value
    size = _font_size(style.get("font-size"), parent.get("font-size"))
    for name, value in style.items() if size else ():
        if name in won and name != "font-size" and any("em" in part for part in value):
            style[name] = tuple(
                _RELATIVE.sub(lambda m: f"{_times(m[1], size):.4g}px", part) for part in value
            )
    style["font-size"] = (f"{size:.4g}px",)
    return style, variables


def _taken(name: str, word: str, parent: Style) -> Parts:
    """What `inherit`, `initial` and their like come to."""
    is_inherited = word == "inherit" or (word != "initial" and name in _INHERITED)
    return parent.get(name, initial_of(name)) if is_inherited else initial_of(name)


def initial_of(name: str) -> Parts:
    """What a property is where nothing sets it."""
    return (_INITIAL.get(name, "0" if _ZERO.match(name) else "none"),)


def _variables(blocks: Sequence[Declared], inherited: _Variables) -> _Variables:
    """The custom properties on an element, by name."""
    if not any(name.startswith("--") for block in blocks for name, _, _ in block.variables):
        return inherited
    found = dict(inherited)
    for is_important in (False, True):
        for block in blocks:
            for name, value, weighs in block.variables:
                if name.startswith("--") and weighs == is_important:
                    held = substituted(value, {n: v for n, v in found.items() if n != name})
                    found[name] = value if held is None else held
    return found


def _with_variables(block: Declared, variables: _Variables, *, is_important: bool) -> Written:
    written: Written = {}
    for name, value, weighs in block.variables:
        if name.startswith("--") or weighs != is_important:
            continue
        held = substituted(value, variables)
        written |= longhands(name, ("unset",) if held is None else parts_of(held, name))
    return written


def _font_size(value: Parts | None, inherited: Parts | None) -> float:
    """In pixels."""
    base = _times(inherited[0].removesuffix("px"), 1.0) if inherited else 16.0
    if not value:
        return base
    text = value[0]
    if text in _FONT_SIZES:
        return _FONT_SIZES[text]
    for unit, times in (("px", 1.0), ("em", base), ("%", base / 100)):
        if re.fullmatch(rf"-?[\d.]+(?:e[-+]?\d+)?{unit}", text):
            return _times(text.removesuffix(unit), times)
    return {"larger": base * 1.2, "smaller": base / 1.2, "0": 0.0}.get(text, base)


def _times(number: str, factor: float) -> float:
    try:
        return float(number) * factor
    except ValueError:
        return factor

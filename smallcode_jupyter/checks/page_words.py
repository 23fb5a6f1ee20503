"""What a task's words say of a page: elements, names, attributes, properties with their values, widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.checks.markup.values import Parts, canonical, names_in

__all__ = ["Wish", "elements_named", "properties_named", "read_wishes", "sentences"]

WishKind = Literal["selector", "attribute", "declaration", "colour", "width", "text"]
_TAGS = names_in(
    "a abbr address article aside audio b blockquote body button canvas caption code datalist dd details dialog div"
    " dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input label legend li"
    " link main mark menu meta meter nav ol optgroup option output p picture pre progress q s search section select"
    " small source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title"
    " tr u ul video"
)
_WORDS = {
    r"links?": ("a",),
    r"buttons?": ("button",),
    r"headings?": ("h1", "h2", "h3"),
    r"(?:list |menu )?items?": ("li",),
    r"lists?": ("ul", "ol"),
    r"images?|pictures?|photos?": ("img",),
    r"forms?": ("form",),
    r"labels?": ("label",),
    r"inputs?|fields?": ("input", "select", "textarea"),
    r"menu|navigation|nav": ("nav",),
    r"header": ("header",),
    r"footer": ("footer",),
    r"tables?": ("table",),
    r"rows?": ("tr",),
    r"cells?": ("td", "th"),
    r"paragraphs?": ("p",),
    r"page|body": ("body",),
    r"main": ("main",),
    r"sections?": ("section",),
    r"articles?": ("article",),
    r"sidebar|aside": ("aside",),
}
"""What people call elements."""
_PROPERTIES = names_in(
    "accent-color align-content align-items align-self background background-color background-image border"
    " border-bottom border-collapse border-color border-left border-radius border-right border-style border-top"
    " border-width bottom box-shadow box-sizing color column-gap cursor display flex flex-basis flex-direction"
    " flex-grow flex-shrink flex-wrap float font font-family font-size font-style font-weight gap grid-area"
    " grid-column grid-gap grid-row grid-template-areas grid-template-columns grid-template-rows height"
    " justify-content justify-items left letter-spacing line-height list-style list-style-type margin margin-bottom"
    " margin-left margin-right margin-top max-height max-width min-height min-width object-fit opacity order outline"
    " outline-offset overflow overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top"
    " position right row-gap scroll-behavior text-align text-decoration text-overflow text-transform top transform"
    " transition vertical-align visibility white-space width word-break z-index"
)
_SPOKEN = "|".join(
    sorted(
        (re.escape(name).replace(r"\-", "[- ]").replace("color", "colou?r") for name in _PROPERTIES), key=len
    )[::-1]
)
_VALUE = (
    r"(?:-?\d*\.?\d+(?:px|rem|em|%|vh|vw|vmin|vmax|ch|fr|ms|s|deg)?(?!\w|\.\d)|#[0-9a-fA-F]{3,8}\b"
    r"|(?:rgb|hsl)a?\([^)]*\))"
)
_UNITLESS = frozenset({"font-weight", "opacity", "line-height", "z-index", "flex-grow", "flex-shrink"})
_CODE = re.compile(r"`([^`\n]+)`")
_DECLARATION = re.compile(r"^([a-z-]+)\s*:\s*([^;{}]+?);?$")
_PROSE_DECLARATION = re.compile(
    rf"(?<![\w-])({_SPOKEN})(?![\w-])(?:\s*:|\s+(?:of|is|are|to|at|by|be|becomes|being))?\s+(?:(?:a|an|the|exactly|always)\s+)*"
    rf"({_VALUE})",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(rf"(?<![\w.-])({_VALUE})\s+(?:of\s+)?({_SPOKEN})(?![\w-])", re.IGNORECASE)
_HEX = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])")
_ATTRIBUTE = re.compile(r"(?<![\w-])([a-z][a-z-]*)=(?:\"([^\"]*)\"|'([^']*)'|([\w#/.-]+))")
_NAMED = re.compile(
    r"\b(id|class)(?:es|s)?\s+(?:is\s+|of\s+|named\s+|called\s+)?[`\"']([A-Za-z][\w-]*)[`\"']", re.IGNORECASE
)
_SELECTOR = re.compile(r"^(?:[a-z][a-z0-9]*|\*)?(?:[.#][A-Za-z_][\w-]*|\[[^\]]+\])*$")
_WIDTH = re.compile(
    r"\b(?:at most|at least|up to|below|under|above|over|from|narrower than|wider than|less than|more than|smaller than"
    r"|larger than|max-width:|min-width:|(?:un)?til|beyond|>=?|<=?)\s+(\d+(?:\.\d+)?)\s?(px|rem|em)\b",
    re.IGNORECASE,
)
_QUOTED_TEXT = re.compile(
    r"\b(?:button|link|heading|label|legend|caption|option|title)s?\s+(?:(?:that\s+)?(?:says?|reads?|named|called|text)\s+)?"
    r"[\"“]([^\"”\n]{1,60})[\"”]|[\"“]([^\"”\n]{1,60})[\"”]\s+(?:button|link|heading|label|legend|caption|option)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:no|not|n't|never|without|instead of|rather than|other than|removed?|drop|replaced?|rename|unlike|currently"
    r"|so far|already|stays?|unchanged|as it is|as they are|but now|until now)\b|n't\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that the words name and that a page can be looked through for."""

    kind: WishKind
    name: str
    """A selector, an attribute, a property; of a width and a text nothing."""
    value: Parts = ()
    """Of a declaration, a colour, an attribute: empty where any will do. A width: its pixels."""
    among: tuple[str, ...] = ()
    """Selectors of the elements that the sentence speaks of: one of them is to have it, if the page has any."""

    @property
    def said(self) -> str:
        """It in words, as the person might have put it."""
        value = " ".join(self.value)
        match self.kind:
            case "selector" | "colour":
                return f"`{self.name or value}`"
            case "attribute":
                return f'`{self.name}="{value}"`' if self.value else f"`{self.name}`"
            case "declaration":
                return f"`{self.name}: {value}`"
            case "width":
                return f"a change at a width of {value}px"
            case "text":
                return f'the text "{value}"'


def sentences(words: str) -> list[str]:
    """The words without blocks of code, a sentence or an item of a list each."""
    prose = re.sub(r"^(```|~~~).*?^\1", "", words, flags=re.DOTALL | re.MULTILINE)
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)", prose)
    found = [
        sentence
        for block in blocks
        for sentence in re.split(r"(?<=[.;!?])\s+(?=[A-Z`\"(])", " ".join(block.split()))
    ]
    return [sentence for sentence in found if sentence]


def elements_named(sentence: str) -> tuple[str, ...]:
    """Selectors of the elements that a sentence speaks of."""
    found: dict[str, None] = {}
    for code in _CODE.findall(sentence):
        text = re.sub(r"^<([a-z][\w-]*)[^>]*>?$", r"\1", code.strip())
        if _is_selector(text):
            found[text] = None
    for kind, name in _NAMED.findall(sentence):
        found[("#" if kind.lower() == "id" else ".") + name] = None
    plain = _CODE.sub(" ", sentence)
    for pattern, tags in _WORDS.items():
        if re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", plain, re.IGNORECASE):
            found.update(dict.fromkeys(tags))
    return tuple(found)


def properties_named(sentence: str) -> tuple[str, ...]:
    """The properties that a sentence names, in their own spelling."""
    found = dict.fromkeys(
        _own_name(name) for name in re.findall(rf"(?<![\w-])(?:{_SPOKEN})(?![\w-])", sentence.lower())
    )
    for word, name in (
        ("bold", "font-weight"),
        ("underline", "text-decoration-line"),
        ("bullet", "list-style-type"),
    ):
        if word in sentence.lower():
            found[name] = None
    return tuple(found)


def read_wishes(words: str) -> tuple[Wish, ...]:
    """What the words name, each once; what they speak of as unwanted, or as being there, is left out."""
    found: dict[Wish, None] = {}
    for sentence in sentences(words):
        among = elements_named(sentence)
        for clause in re.split(r",\s+|\s+but\s+|;\s*", sentence):
            if not _REFUSED.search(_CODE.sub(" ", clause)):
                found.update(dict.fromkeys(_wishes(clause, among)))
    return tuple(found)


def _wishes(clause: str, among: tuple[str, ...]) -> Iterator[Wish]:
    for code in _CODE.findall(clause):
        yield from _code_wishes(code.strip(), among)
    for kind, name in _NAMED.findall(clause):
        yield Wish(kind="selector", name=("#" if kind.lower() == "id" else ".") + name)
    rest = _CODE.sub(lambda found: found[1], clause)
    for match in _ATTRIBUTE.finditer(rest):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        yield Wish(kind="attribute", name=match[1], value=(value,))
    spans: list[tuple[int, int]] = []
    for match, spoken, value in _spoken_declarations(rest):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            spans.append(match.span())
            name = _own_name(spoken)
            yield Wish(kind="declaration", name=name, value=canonical(value, name), among=among)
    for match in _HEX.finditer(rest):
        if not any(start <= match.start() < end for start, end in spans):
            yield Wish(kind="colour", name="", value=canonical(match[0], "color"))
    for number, unit in _WIDTH.findall(rest):
        yield Wish(kind="width", name="", value=(f"{float(number) * (1 if unit.lower() == 'px' else 16):g}",))
    for match in _QUOTED_TEXT.finditer(rest):
        yield Wish(kind="text", name="", value=(" ".join((match[1] or match[2]).split()),))


def _spoken_declarations(clause: str) -> list[tuple[re.Match[str], str, str]]:
    """`A gap of 8px` and `8px padding`, with the property and the value, in order."""
    found = [(match, match[1], match[2]) for match in _PROSE_DECLARATION.finditer(clause)]
    found += [(match, match[2], match[1]) for match in _BACKWARDS.finditer(clause)]
    meant = [
        each for each in found if not re.fullmatch(r"[\d.]+", each[2]) or _own_name(each[1]) in _UNITLESS
    ]
    return sorted(meant, key=lambda each: each[0].start())


def _code_wishes(code: str, among: tuple[str, ...]) -> Iterator[Wish]:
    declaration = _DECLARATION.match(code)
    if declaration and (declaration[1] in _PROPERTIES or declaration[1].startswith("--")):
        name = declaration[1]
        yield Wish(kind="declaration", name=name, value=canonical(declaration[2], name), among=among)
        return
    element = re.match(r"^<([a-z][a-z0-9]*)\b([^>]*)>?", code)
    if element and element[1] in _TAGS:
        yield Wish(kind="selector", name=element[1])
    elif _is_selector(code) and code[0] in ".#" and not _HEX.fullmatch(code):
        yield Wish(kind="selector", name=code)
    elif re.fullmatch(r"aria-[a-z]+|data-[a-z-]+|alt|autocomplete|required|novalidate|lang", code):
        yield Wish(kind="attribute", name=code)


def _is_selector(text: str) -> bool:
    """One compound selector of an element that HTML knows."""
    tag = re.match(r"[a-z][a-z0-9]*", text)
    if not text or not _SELECTOR.match(text) or _HEX.fullmatch(text):
        return False
    return tag[0] in _TAGS if tag else True


def _own_name(spoken: str) -> str:
    """`max width` and `background colour` as the property is spelled."""
    return re.sub(r"\s", "-", spoken.lower()).replace("colour", "color")

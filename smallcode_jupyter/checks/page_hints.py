"""Whether pages have what the words name. A hint: of several answers the one that has more of it is preferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smallcode_jupyter.checks.markup.cascade import Style, initial_of
from smallcode_jupyter.checks.markup.document import text_of
from smallcode_jupyter.checks.markup.media import Surroundings, widths_named
from smallcode_jupyter.checks.markup.pages import has_templates
from smallcode_jupyter.checks.markup.sheets import Read
from smallcode_jupyter.checks.markup.shorthands import longhands
from smallcode_jupyter.checks.markup.styled import StyledPage, sheets_of
from smallcode_jupyter.checks.page_words import Wish, read_wishes
from smallcode_jupyter.checks.pages import PAGE_SUFFIXES
from smallcode_jupyter.checks.trim import first_few, trim_detail
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_hints", "pages_concerned"]

_MOST_PAGES = 4
_WIDTHS = (360, 768, 1280)
_STATES = ("hover", "focus", "focus-visible", "focus-within", "active", "target", "checked")


def pages_concerned(changed: Sequence[str], *, paths: Sequence[str], read: Read) -> list[str]:
    """The pages among `changed`, and those of `paths` that link to a style sheet among it."""
    found = [path for path in changed if path.endswith(PAGE_SUFFIXES)]
    sheets = {path for path in changed if path.endswith(".css")}
    others = [path for path in paths if path.endswith(PAGE_SUFFIXES) and path not in found]
    found += [path for path in others if sheets and sheets & {*sheets_of(path, read(path) or "")}]
    return [path for path in found[:_MOST_PAGES] if not has_templates(read(path) or "")]


def check_hints(
    changed: Sequence[str], *, paths: Sequence[str], read: Read, read_before: Read, words: str
) -> CheckResult | None:
    """What the words name and the changed pages do not have; None where they name nothing that is new.

    Never a failure: words name things for many reasons. `read`, `read_before`: files of the workspace now and then.
    """
    names = pages_concerned(changed, paths=paths, read=read)
    wishes = read_wishes(words) if names else ()
    if not wishes:
        return None
    pages = [StyledPage(name, read(name) or "", read=read) for name in names]
    earlier = [StyledPage(name, text, read=read_before) for name in names if (text := read_before(name))]
    had = {wish for wish in wishes if any(_is_granted(wish, page) for page in earlier)}
    has = {wish for wish in wishes if any(_is_granted(wish, page) for page in pages)}
    missing = [wish for wish in wishes if wish not in has]
    if not missing and has <= had:
        return None
    lines = [f"The words name {wish.said}: not found." for wish in missing]
    return CheckResult(
        name="named",
        status="unchecked",
        target=", ".join(names),
        passed=len(has - had),
        failed=len(missing),
        detail=trim_detail(first_few(lines)),
        display="\n".join([f"{len(has)} of {len(wishes)} things that the words name are there.", *lines]),
    )


def _is_granted(wish: Wish, page: StyledPage) -> bool:
    """Whether a page has it, in any of the usual widths and states."""
    match wish.kind:
        case "selector":
            return bool(page.located(wish.name))
        case "attribute":
            return any(_has_attribute(element.attrib, wish) for element in page.elements)
        case "text":
            return wish.value[0].casefold() in _texts(page)
        case "width":
            return _changes_at(page, float(wish.value[0]))
        case "colour":
            found = (value for styles in _all_styles(page) for style in styles for value in style.values())
            return any(wish.value[0] in part for value in found for part in value)
        case "declaration":
            places = {place for selector in wish.among for place in page.concerned(selector, wish.name)}
            return any(_is_so(wish, styles, places) for styles in _all_styles(page))


def _has_attribute(attributes: dict[str, str], wish: Wish) -> bool:
    held = attributes.get(wish.name)
    if held is None or not wish.value:
        return held is not None
    wanted = wish.value[0]
    return held == wanted or (wish.name == "class" and wanted in held.split())


def _texts(page: StyledPage) -> str:
    shown = [text_of(page.root)]
    for element in page.elements:
        shown += [
            element.get(name, "") for name in ("value", "aria-label", "alt", "title", "placeholder", "label")
        ]
    return "\n".join(shown).casefold()


def _changes_at(page: StyledPage, width: float) -> bool:
    """Whether any rule begins or ends to hold there, or anything is that wide."""
    named = {found for rule in page.rules for query in rule.queries for found in widths_named(query)}
    if any(abs(found - width) <= 1 for found in named):
        return True
    wide = (f"{width:g}px",)
    names = ("max-width", "min-width", "width", "flex-basis")
    return any(style.get(name) == wide for styles in _all_styles(page) for style in styles for name in names)


def _is_so(wish: Wish, styles: Sequence[Style], places: set[int]) -> bool:
    wanted = longhands(wish.name, wish.value)
    return any(
        all(_value(style, name) == value for name, value in wanted.items())
        for place, style in enumerate(styles)
        if not places or place in places
    )


def _value(style: Style, name: str) -> tuple[str, ...]:
    return style.get(name) or initial_of(name)


def _all_styles(page: StyledPage) -> Iterator[tuple[Style, ...]]:
    """The values at the usual widths, in other media and, all at once, in the states that rules go by."""
    widths = {
        *_WIDTHS,
        *(w + d for r in page.rules for q in r.queries for w in widths_named(q) for d in (0, 1)),
    }
    for width in sorted(widths)[:8]:
        yield page.styles(Surroundings(width=width))
    queries = " ".join(query for rule in page.rules for query in rule.queries)
    if "print" in queries:
        yield page.styles(Surroundings(medium="print"))
    if "dark" in queries:
        yield page.styles(Surroundings(is_dark=True))
    if "reduced-motion" in queries:
        yield page.styles(Surroundings(is_still=True))
    if any(page.has_state(state) for state in _STATES):
        yield page.styles_with(_STATES, page.elements)

"""What the styles of a page come to, without a browser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode_jupyter.checks.markup.cascade import initial_of
from smallcode_jupyter.checks.markup.media import Surroundings, holds
from smallcode_jupyter.checks.markup.shorthands import longhands
from smallcode_jupyter.checks.markup.styled import StyledPage
from smallcode_jupyter.checks.markup.values import canonical

BODY = (
    "<nav id=top><ul class='menu wide'><li><a href='#one'>One</a><li><a href='#two'>Two</a></ul></nav><p>Text"
)


def page(css: str, body: str = BODY, **files: str) -> StyledPage:
    return StyledPage("index.html", f"<style>{css}</style><body>{body}", read=files.get)


def value(css: str, selector: str, name: str, where: Surroundings | None = None, *, body: str = BODY) -> str:
    shown = page(css, body)
    style = shown.styles(where or Surroundings())[shown.located(selector)[0]]
    return " ".join(style.get(name) or initial_of(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("color: #fff", "color: white"),
        ("color: RGB(255 255 255 / 100%)", "color: hsl(0, 0%, 100%)"),
        ("margin: 0 auto", "margin: 0px auto 0rem"),
        ("margin: 1px 2px 3px", "margin-top:1px; margin-right:2px; margin-bottom:3px; margin-left:2px"),
        ("padding-inline: 4px", "padding-left: 4px; padding-right: 4px"),
        ("font-weight: bold", "font-weight: 700"),
        ("flex: 1", "flex-grow: 1; flex-shrink: 1; flex-basis: 0%"),
        ("flex: 0 0 10rem", "flex-grow: 0; flex-shrink: 0; flex-basis: 160px"),
        ("gap: 1rem", "row-gap: 16px; grid-column-gap: 16px"),
        ("border: 1px solid red", "border: solid red 1px"),
        ("border: none", "border: 0"),
        ("background: no-repeat #f00", "background: red no-repeat"),
        ("font: italic 700 2em/1.5 Arial", "font: italic bold 32px/1.5 arial"),
        ("list-style: none", "list-style: none; color: inherit"),
        ("text-decoration: none", "text-decoration: underline; text-decoration-line: none"),
        ("flex-flow: column wrap", "flex-direction: column; flex-wrap: wrap"),
        ("width: 2em; font-size: 10px", "width: 20px; font-size: 10px"),
        ("transition: all .2s", "transition: all 200ms"),
        ("color: red !important; color: blue", "color: red"),
        ("--a: 4px; padding: var(--a) var(--b, 2px)", "padding: 4px 2px"),
        ("color: nonsense(", "color: nonsense("),
    ],
)
def test_two_spellings_of_the_same_style_come_to_the_same(one: str, other: str) -> None:
    first, second = (page(f"ul {{ {css} }}") for css in (one, other))
    place = first.located("ul")[0]
    ours, theirs = first.styles()[place], second.styles()[place]
    names = {*ours, *theirs} - {"text-decoration-rest"}
    assert {n: ours.get(n, initial_of(n)) for n in names} == {n: theirs.get(n, initial_of(n)) for n in names}


@pytest.mark.parametrize(
    ("css", "color"),
    [
        ("a { color: red } a { color: blue }", "#0000ff"),
        ("nav a { color: red } a { color: blue }", "#ff0000"),
        ("#top a { color: red } .menu li a { color: blue }", "#ff0000"),
        ("a { color: red !important } #top a { color: blue }", "#ff0000"),
        ("a { color: inherit } nav { color: green }", "#008000"),
        (":root { --ink: teal } a { color: var(--ink) }", "#008080"),
        ("nav { --ink: teal } :root { --ink: red } a { color: var(--ink) }", "#008080"),
        ("a { color: var(--none, gray) }", "#808080"),
        ("a { --a: var(--b); --b: var(--a); color: var(--a) }", "#000000"),
        ("nav { & a { color: red } }", "#ff0000"),
        ("nav { a { color: red } }", "#ff0000"),
        ("@layer low { #top a { color: red } } a { color: blue }", "#0000ff"),
        ("@layer a, b; @layer b { a { color: red } } @layer a { a { color: blue } }", "#ff0000"),
        ("@supports (display: grid) { a { color: red } }", "#ff0000"),
        ("@media print { a { color: red } }", "#0000ee"),
        ("a:not(.x):first-child { color: red }", "#ff0000"),
        ("a, ::broken( { color: red }", "#0000ee"),
    ],
)
def test_the_right_rule_wins(css: str, color: str) -> None:
    assert value(css, "a", "color") == color


def test_an_inline_style_wins_over_every_selector() -> None:
    assert value("#x { color: red }", "p", "color", body="<p id=x style='color: blue'>a") == "#0000ff"


def test_what_is_inherited_is_and_the_rest_is_not() -> None:
    css = "nav { color: red; padding: 3px; text-align: center }"
    assert value(css, "li", "color") == "#ff0000"
    assert value(css, "li", "text-align") == "center"
    assert value(css, "li", "padding-top") == "0"


def test_sizes_in_em_go_by_the_own_size_of_the_text() -> None:
    assert value("ul { font-size: 20px } a { font-size: 1.5em; padding: 2em }", "a", "padding-left") == "60px"


@pytest.mark.parametrize(
    ("query", "widths"),
    [
        ("(max-width: 600px)", {360, 600}),
        ("(min-width: 48em)", {768, 1280}),
        ("screen and (min-width: 601px) and (max-width: 900px)", {768}),
        ("(width >= 600px)", {600, 768, 1280}),
        ("(400px < width <= 768px)", {600, 768}),
        ("not all and (min-width: 700px)", {360, 600}),
        ("not (min-width: 700px)", {360, 600}),
        ("print, (max-width: 400px)", {360}),
        ("only screen", {360, 600, 768, 1280}),
        ("(min-width: 700px) or (max-width: 400px)", {360, 768, 1280}),
        ("(prefers-color-scheme: dark)", set()),
        ("(nonsense: 1)", set()),
        ("((((", set()),
    ],
)
def test_media_queries(query: str, widths: set[int]) -> None:
    assert {width for width in (360, 600, 768, 1280) if holds(query, Surroundings(width=width))} == widths


def test_other_media() -> None:
    assert holds("print", Surroundings(medium="print"))
    assert holds("(prefers-color-scheme: dark)", Surroundings(is_dark=True))
    assert holds("(prefers-reduced-motion: reduce)", Surroundings(is_still=True))


def test_linked_and_imported_sheets_count_with_their_media() -> None:
    files = {
        "css/main.css": "@import 'more.css'; a { color: red }",
        "css/more.css": "a { padding: 9px }",
        "p.css": "a { color: blue }",
    }
    links = "<link rel=stylesheet href=css/main.css><link rel=stylesheet href=p.css media=print>"
    shown = StyledPage("index.html", f"{links}<a href=x>a</a>", read=files.get)
    style = shown.styles()[shown.located("a")[0]]
    assert (style["color"], style["padding-left"]) == (("#ff0000",), ("9px",))


def test_a_checked_box_changes_what_follows_it() -> None:
    css = ".panel { display: none } #b:checked ~ .panel { display: block }"
    body = "<input type=radio name=t id=a checked><input type=radio name=t id=b><div class=panel>x</div>"
    shown = page(css, body)
    place = shown.located(".panel")[0]
    assert shown.styles()[place]["display"] == ("none",)
    assert shown.styles_with(("checked",), [shown.toggles[1]])[place]["display"] == ("block",)
    assert shown.styles()[place]["display"] == ("none",)


def test_checking_a_radio_button_unchecks_the_others() -> None:
    css = "#a:checked ~ p { color: red }"
    body = "<input type=radio name=t id=a checked><input type=radio name=t id=b><p>x"
    shown = page(css, body)
    place = shown.located("p")[0]
    assert shown.styles()[place]["color"] == ("#ff0000",)
    assert shown.styles_with(("checked",), [shown.toggles[1]])[place].get("color") is None


def test_unclosed_and_misplaced_tags_are_mended() -> None:
    shown = StyledPage("x.html", "<title>T</title><p>a<p>b<ul><li>c<li>d</ul></div><p>e", read=lambda _: None)
    tags = [element.tag for element in shown.elements]
    assert tags == ["html", "head", "title", "body", "p", "p", "ul", "li", "li", "p"]


def test_shorthands_that_are_not_understood_stay_as_they_are() -> None:
    assert longhands("margin", canonical("1px 2px 3px 4px 5px", "margin")) == {
        "margin": ("1px", "2px", "3px", "4px", "5px")
    }


PIECES = """a{ } : ; ( ) [ ] @media @layer @import @supports var(--x) --x: !important & , > + ~ * .c #i ::before
:not(:is(:has(:nth-child(2n <p <div> </div> <style> </style> <link\x1frel=stylesheet\x1fhref=i.css> <table
<input\x1ftype=radio> style='color: " ' &amp; \0 \\ /* */ 1px 1e999em -5% #fff #ff url( calc(1px min-width:
600px) color: red margin:0 font: flex: 1 grid-template-columns: repeat(3,"""
PIECE = st.sampled_from([piece.replace("\x1f", " ") for piece in PIECES.split()])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECE, st.text(max_size=5)), max_size=40).map(" ".join))
def test_no_text_breaks_it(text: str) -> None:
    shown = StyledPage("x.html", f"{text}<style>{text}</style>{text}", read={"i.css": text}.get)
    for where in (Surroundings(width=360), Surroundings(medium="print")):
        assert len(shown.styles(where)) == len(shown.elements)
    shown.styles_with(("hover", "checked"), shown.elements)

"""What the words name is looked for in pages, as a hint and never as a verdict."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode_jupyter.checks.page_hints import check_hints, pages_concerned
from smallcode_jupyter.checks.page_words import elements_named, properties_named, read_wishes, sentences


def said(words: str) -> list[str]:
    return [wish.said for wish in read_wishes(words)]


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("Give the gallery a gap of 20px.", ["`gap: 20px`"]),
        (
            "The boxes get 8px padding and the border radius is 4px.",
            ["`padding: 8px`", "`border-radius: 4px`"],
        ),
        ("Set `justify-content: space-between` on the toolbar.", ["`justify-content: space-between`"]),
        ("Its background colour is #FAFAFA.", ["`background-color: #fafafa`"]),
        ("Use `#0a7` for what is selected.", ["`#00aa77`"]),
        ('The box has id="drawer" and `class="box big"`.', ['`id="drawer"`', '`class="box big"`']),
        ("Add an element with the id `drawer`.", ["`#drawer`"]),
        ("Put it into a `<dialog>`.", ["`dialog`"]),
        ("Each `.tile` is a link.", ["`.tile`"]),
        ("On windows at most 640px wide there is one column.", ["a change at a width of 640px"]),
        ("From 48em on the sidebar is beside it.", ["a change at a width of 768px"]),
        ('A button "Put in basket" ends the form.', ['the text "Put in basket"']),
        ("Mark the field with `required`.", ["`required`"]),
        ("There is no `<table>` in it.", []),
        ("The page stays without `float: left`.", []),
        ("Use a list instead of `.old-grid`.", []),
        ("The `nav` is 3 lines high.", []),
        ("Costs 20 EUR; order 66 of them.", []),
    ],
)
def test_what_words_name(words: str, wishes: list[str]) -> None:
    assert said(words) == wishes


def test_blocks_of_code_are_shown_and_not_asked_for() -> None:
    assert said('Style this:\n\n```html\n<p class="lead">`.tile`</p>\n```\n') == []


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    assert sentences("Do this:\n\n- one a\n- two b. Three c.") == [
        "Do this:",
        "- one a",
        "- two b.",
        "Three c.",
    ]


def test_elements_are_named_in_code_and_in_words() -> None:
    assert elements_named("The links in `nav.side` and the element with id `top`") == (
        "nav.side",
        "#top",
        "a",
    )


def test_properties_are_named_in_either_spelling() -> None:
    assert set(properties_named("The maximum is a max width; colour and bold")) == {
        "max-width",
        "color",
        "font-weight",
    }


PAGE = "<link rel=stylesheet href=s.css><nav><ul><li><a href=a>A</a></ul></nav><p>Text</p>"


def hints(css: str, words: str, *, page: str = PAGE, before: str = ""):
    now, then = {"p.html": page, "s.css": css}, {"p.html": PAGE, "s.css": before}
    return check_hints(["s.css"], paths=[*now], read=now.get, read_before=then.get, words=words)


def test_what_is_there_is_counted_and_what_is_not_is_told() -> None:
    words = "The links in the nav have a gap of 12px and the colour `#123456`."
    result = hints("nav ul { display: flex; gap: 12px }", words)
    assert (result.status, result.passed, result.failed) == ("unchecked", 1, 1)
    assert result.detail == "The words name `color: #123456`: not found."


def test_a_value_counts_only_on_what_the_sentence_speaks_of() -> None:
    words = "The links have a padding of 5px."
    assert hints("p { padding: 5px }", words).failed == 1
    assert hints("a { padding: 5px }", words).passed == 1


def test_a_value_that_a_stronger_rule_takes_away_is_not_there() -> None:
    assert hints("nav a { color: red } a { color: #123456 }", "Links have the colour #123456.").failed == 1


def test_values_in_states_and_narrow_windows_count() -> None:
    assert hints("a:hover { color: #123456 }", "Links have the colour #123456 under the mouse.").passed == 1
    narrow = "@media (max-width: 500px) { a { padding: 9px } }"
    assert hints(narrow, "Up to 500px the links have a padding of 9px.").passed == 2


def test_what_was_there_before_tells_nothing() -> None:
    css = "a { padding: 5px }"
    assert hints(css, "Links have a padding of 5px.", before=css) is None


def test_what_was_there_and_is_gone_is_told() -> None:
    assert hints("", "Links have a padding of 5px.", before="a { padding: 5px }").failed == 1


def test_words_that_name_nothing_give_no_hint() -> None:
    assert hints("a { color: red }", "Make it nicer.") is None


def test_pages_that_link_to_a_changed_sheet_are_looked_at() -> None:
    files = {"p.html": PAGE, "q.html": "<p>a", "t.html": "{% if x %}" + PAGE, "s.css": ""}
    assert pages_concerned(["s.css"], paths=[*files], read=files.get) == ["p.html"]
    assert pages_concerned(["q.html"], paths=[*files], read=files.get) == ["q.html"]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="`#.\"'<>=: -px;,()\nabcdimag1", max_size=120))
def test_no_words_break_it(words: str) -> None:
    hints("a { color: red }", words)

"""Pages are compared by what they are and what their styles come to, not by how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode_jupyter.agent.voting import most_agreed, supporters
from smallcode_jupyter.checks.markup.styled import StyledPage
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.selection.pages import observe_page, page_questions
from smallcode_jupyter.workspace.staging import Staging

Observe = Callable[..., tuple[str, ...]]
PAGE = """<!doctype html><html lang="en"><head><title>Library</title><link rel="stylesheet" href="look.css"></head>
<body><header><h1>Library</h1></header><main id="shelf"><article class="book"><h2>One</h2></article>
<article class="book"><h2>Two</h2></article></main></body></html>"""
WORDS = "Write look.css: the books in `#shelf` stand in a grid of two columns with a gap of 10px, in one up to 500px."
GRID = "#shelf { display: grid; gap: 10px; grid-template-columns: 1fr 1fr }"
NARROW = "@media (max-width: 500px) { #shelf { grid-template-columns: 1fr } }"


@pytest.fixture
def observe(tmp_path: Path) -> Iterator[Observe]:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "index.html").write_text(PAGE)
    (tmp_path / "work" / "look.css").write_text("")
    staging = Staging(tmp_path / "work", tmp_path / "scratch")
    observer = Observer(staging)

    def of(text: str, path: str = "look.css", words: str = WORDS) -> tuple[str, ...]:
        staging.write(path, text)
        return observer.observe((path,), words).outcomes

    yield of
    staging.close()


def test_two_spellings_of_a_style_behave_alike_and_a_wrong_one_does_not(observe: Observe) -> None:
    one = observe(GRID + NARROW)
    two = observe(
        "main{display:grid;grid-gap:10px 10px;grid-template-columns:repeat(2,minmax(0,1fr))}" + NARROW
    )
    wrong = observe(GRID)
    assert one == two
    assert sum(a != b for a, b in zip(one, wrong, strict=True)) / len(one) > 0.05


def test_what_the_words_leave_open_is_not_compared(observe: Observe) -> None:
    assert observe(GRID + NARROW) == observe(GRID + NARROW + "body { color: #222; font-family: serif }")


def test_the_answer_with_the_breakpoint_one_pixel_off_is_outvoted(observe: Observe) -> None:
    off = observe(GRID + NARROW.replace("500", "499"))
    one = observe(GRID + NARROW)
    other = observe(f"#shelf{{display:grid;gap:10px}}@media (min-width: 501px){{{GRID}}}")
    assert most_agreed([off, one, other]) == 1
    assert supporters([off, one, other], 1) == 2


def test_a_selector_that_matches_nothing_is_no_style(observe: Observe) -> None:
    assert observe(GRID + NARROW) != observe((GRID + NARROW).replace("#shelf", ".shelf"))


FORM = "<form><label for=m>Mail</label><input id=m name=mail type=email required><button>Send</button></form>"


def test_fields_are_compared_by_what_they_ask_for(observe: Observe) -> None:
    words = "Write form.html with a field for the address."
    one = observe(FORM, "form.html", words)
    same = observe(
        "<form method=GET><label>Mail <input required type=EMAIL name=mail></label>"
        "<button type=submit>send</button></form>",
        "form.html",
        words,
    )
    free = observe(FORM.replace(" required", ""), "form.html", words)
    unlabelled = observe(FORM.replace(" for=m", ""), "form.html", words)
    assert one == same
    assert free != one != unlabelled


TABS = """<style>section {{ display: none }} {rules}</style>
<input type=radio name=t id=a checked><label for=a>A</label><input type=radio name=t id=b><label for=b>B</label>
<section id=one>1</section><section id=two>2</section>"""


def test_tabs_are_compared_by_what_checking_shows(observe: Observe) -> None:
    words = "Write tabs.html: two tabs without a script, panels with the ids `one` and `two`."
    right = "#a:checked ~ #one, #b:checked ~ #two { display: block }"
    one = observe(TABS.format(rules=right), "tabs.html", words)
    nested = "#a:checked { ~ #one { display: block } } #b:checked ~ section:last-of-type { display: block }"
    assert one == observe(TABS.format(rules=nested), "tabs.html", words)
    wrong = "#a:checked ~ #one, #b:checked ~ #one { display: block }"
    assert one != observe(TABS.format(rules=wrong), "tabs.html", words)


def test_what_hovering_does_is_compared(observe: Observe) -> None:
    words = "Links are underlined only under the mouse."
    page = "<style>a {{ text-decoration: none }} {rule}</style><a href=x>x</a>"
    one = observe(page.format(rule="a:hover { text-decoration: underline }"), "h.html", words)
    same = observe(
        page.format(rule="a:is(:hover, :focus) { text-decoration-line: underline }"), "h.html", words
    )
    none = observe(page.format(rule=""), "h.html", words)
    assert sum(a != b for a, b in zip(one, same, strict=True)) <= 1
    assert any(outcome.startswith("broke ") for outcome in none)


def test_a_page_that_is_gone_broke_everywhere() -> None:
    page = StyledPage("x.html", FORM, read=lambda _: None)
    questions = page_questions("Write it.", None, page)
    assert {outcome.text for outcome in observe_page(questions, None)} == {"broke nothing there"}


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="<>/= abdinputformlabel{}:;#.()'\"@\n", max_size=200), st.text(max_size=60))
def test_any_two_pages_are_asked_the_same_number_of_questions(one: str, words: str) -> None:
    pages = [StyledPage("x.html", text, read=lambda _: None) for text in (one, FORM, "")]
    questions = page_questions(words, pages[1], pages[0])
    assert {len(observe_page(questions, page)) for page in pages} == {len(questions)}

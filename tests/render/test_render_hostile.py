"""Foreign text stays text in every view."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_runs import cell_run, envelopes, view_of

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.render.diff import diff_html, unified
from smallcode_jupyter.render.html import HTML_LIMIT, render_html
from smallcode_jupyter.render.markdown import render_markdown
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.render.text import render_text
from smallcode_jupyter.render.trace import TRACE_MIME, bundle

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=http://evil.example/x.png onerror=alert(1)>",
    "![x](http://evil.example/x.png)",
    "</pre></div></details><h1>out</h1>",
    '" onmouseover="alert(1)',
    "```\n# out of the fence\n```",
    "````python\nx\n````",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "\x00\x08\x7f\x9b31m",
    "\u202egnp.exe",
    "\ud800 alone",
    "$\\href{javascript:alert(1)}{x}$",
    "{braces} %s {0} ${x}",
    "a\rb\r\nc",
)
ALLOWED = {"div", "b", "span", "pre", "details", "summary"}


class Tags(HTMLParser):
    """Collects what a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag


def check_html(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    tags.close()
    assert tags.depth == []
    assert tags.tags <= ALLOWED
    assert tags.attributes <= {"style", "role", "aria-hidden", "open"}
    assert len(page) <= HTML_LIMIT


@pytest.mark.parametrize("text", HOSTILE)
def test_html_holds_nothing_but_our_own_tags(text: str) -> None:
    view = view_of(cell_run(f"x = 1  # {text}\n", answer=text, words=text))
    page = render_html(view, closing=text)
    check_html(page)
    styles = re.findall(r'style="([^"]*)"', page)
    assert not any("url(" in style or "http" in style for style in styles)


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_gives_well_formed_html_and_clean_text(text: str) -> None:
    view = view_of(cell_run(text or " ", answer=text, words=text))
    check_html(render_html(view, closing=text))
    for shown in (render_text(view, closing=text), render_markdown(view, closing=text)):
        shown.encode("utf-8")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_markdown_has_no_html_and_no_images() -> None:
    view = view_of(cell_run("x = 1\n", answer="\n".join(HOSTILE[:4])))
    shown = render_markdown(view)
    outside = re.sub(r"^```.*?^```", "", shown, flags=re.M | re.S)
    assert "<" not in outside
    assert "![" not in outside


def test_code_cannot_leave_its_markdown_fence() -> None:
    code = 'text = """\n```\n# heading\n````\n"""\n'
    shown = render_markdown(view_of(cell_run(code)))
    assert f"`````python\n{code}`````" in shown


def test_a_whole_bundle_can_be_sent_as_json() -> None:
    run = cell_run("x = '\ud800'\n", answer="".join(HOSTILE))
    data = bundle(envelopes(run), view_of(run))
    json.dumps(data, ensure_ascii=False).encode("utf-8")
    assert list(data) == ["text/plain", "text/markdown", "text/html", TRACE_MIME]


def test_terminal_escapes_are_removed_and_other_controls_shown() -> None:
    assert plain("\x1b[1;31mred\x1b[0m a\x07b\x9bc\u202ed") == "red a␇b\ufffdc\\u202ed"


def test_reordering_characters_are_visible_in_diffs() -> None:
    change = FileChange(path="a.py", before="x = 1\n", after="x = 1 # \u202e evil\n", before_hash="0")
    changes = ChangeSet(id="c", files=(change,))
    assert "+x = 1 # \\u202e evil" in unified(changes)
    assert "\u202e" not in diff_html(changes)


def test_a_huge_run_fits_and_says_that_it_was_shortened() -> None:
    code = "".join(f"value_{number} = '{'<' * 200}'\n" for number in range(5_000))
    page = render_html(view_of(cell_run(code, answer="<" * 100_000)))
    assert len(page) <= HTML_LIMIT
    assert "Shortened to fit the output; the trace has everything." in page

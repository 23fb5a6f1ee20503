"""A saved notebook on a plain page: steps, diff and result are there as text, without scripts and without styles."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat.v4 as v4
import pytest
from nbconvert import HTMLExporter
from render_runs import cell_run, envelopes, solved_run, view_of

from smallcode_jupyter.render.replay import run_html
from smallcode_jupyter.render.scenes import scenes_of
from smallcode_jupyter.render.trace import bundle

CLOSING = "Accept with %smallcode accept."


class Lines(HTMLParser):
    """What a reader sees of a page: its lines, from the elements alone."""

    BLOCKS = frozenset({"div", "pre", "p", "summary", "details", "h1", "li", "body"})

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._is_kept = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self._is_kept |= tag == "pre"
        self.text += "\n" if tag in self.BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")
        self._is_kept &= tag != "pre"
        self.text += "\n" if tag in self.BLOCKS else ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data if self._is_kept else re.sub(r"\s+", " ", data)


def lines_of(page: str) -> list[str]:
    reader = Lines()
    reader.feed(page)
    return [line.rstrip() for line in reader.text.split("\n") if line.strip()]


def saved_page(**options: object) -> str:
    """A notebook with two runs and a replay, as nbconvert makes a page of it."""
    cell = cell_run("n = len(df)\nn\n", answer="It counts rows.")
    outputs = [bundle(envelopes(run), view_of(run), closing=CLOSING) for run in (solved_run(), cell)]
    outputs.append({"text/html": run_html(scenes_of(envelopes(solved_run())))})
    cells = [
        v4.new_code_cell("%%smallcode\nSay it.", outputs=[v4.new_output("display_data", data=data)])
        for data in outputs
    ]
    page, _ = HTMLExporter(**options).from_notebook_node(v4.new_notebook(cells=cells))
    return str(page)


@pytest.mark.parametrize("options", [{"theme": "light"}, {"theme": "dark"}, {"sanitize_html": True}], ids=str)
def test_a_static_page_has_steps_diff_and_result_as_lines(options: dict[str, object]) -> None:
    lines = lines_of(saved_page(**options))
    expected = [
        "↻ retry: examples failed (resample, temperature 0.5)",
        "+++ b/solution.py",
        " def add(a, b):",
        "-    return a - b",
        "+    return a + b",
        "✓ Validated: examples 3/3 hold",
        CLOSING,
        "n = len(df)",
        "It counts rows.",
        "✓ Validated: it ran",
    ]
    assert [line for line in expected if line not in lines] == []
    assert any("✗ check syntax ✓ examples 1/3 ✗ ▾ 0.5 s" in line for line in lines)
    assert any(re.search(r"\b2\. ", line) for line in lines)


def test_no_output_needs_a_script_or_another_server() -> None:
    outputs = re.findall(r'<div class="jp-OutputArea.*?(?=<div class="jp-Cell|</main>)', saved_page(), re.S)
    assert len(outputs) >= 3
    for output in outputs:
        assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|javascript:|https?://", output)


def test_what_is_folded_is_there_and_unfolds_without_a_script() -> None:
    page = saved_page()
    assert page.count("<details") == page.count("<summary") > 5
    assert "    return a - b" in "\n".join(lines_of(page))

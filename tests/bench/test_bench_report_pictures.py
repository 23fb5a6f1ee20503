"""Pictures and the page of a report."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bench_synthetic import CATEGORIES, GPU, make_row, make_suite, outcomes, write_rows
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from smallcode_jupyter.bench.page import make_page
from smallcode_jupyter.bench.pictures import draw, render
from smallcode_jupyter.bench.report import Section, make_report
from smallcode_jupyter.frontends.cli import main


@pytest.fixture(scope="module")
def section() -> Section:
    """A whole suite by seven arms, and an arm more than there are colours; a name with a dollar sign in it."""
    rows = make_suite()
    for number in range(6):
        rows += outcomes(f"peer-${number}", "+-", category="go", model_hash="ab" * 32)
    (found,) = make_report(rows).sections
    return found


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value or "")
            if name in ("src", "href", "xlink:href", "action", "data", "srcset") or name.startswith("on"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def labels(figure: Figure) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text that shows, with its box."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = []
    for text in figure.findobj(Text):
        box = text.get_window_extent(renderer)
        is_tick = text in {
            tick for axis in figure.axes for tick in (*axis.get_xticklabels(), *axis.get_yticklabels())
        }
        if text.get_visible() and text.get_text().strip() and (not is_tick or _is_in_view(text, figure)):
            found.append((text.get_text(), box.extents))
    return found


def _is_in_view(text: Text, figure: Figure) -> bool:
    (axes,) = figure.axes
    low, high = sorted(axes.get_xlim())
    bottom, top = sorted(axes.get_ylim())
    x, y = text.get_position()
    return (low <= x <= high) if text in axes.get_xticklabels() else (bottom <= y <= top)


def test_a_section_has_its_pictures(section: Section) -> None:
    assert [drawing.name for drawing in draw(section)] == ["solved-single", "cost-single", "ablation-single"]


def test_axes_are_labelled_and_no_labels_overlap(section: Section) -> None:
    for drawing in draw(section):
        (axes,) = drawing.figure.axes
        assert axes.get_xlabel()
        assert axes.get_ylabel() or axes.get_yticklabels()
        found = labels(drawing.figure)
        width, height = drawing.figure.canvas.get_width_height()
        assert len(found) > 6
        for (one, (a, b, c, d)), (other, (e, f, g, h)) in itertools.combinations(found, 2):
            assert c <= e or g <= a or d <= f or h <= b, f"{drawing.name}: {one!r} over {other!r}"
        for words, (left, bottom, right, top) in found:
            assert min(left, bottom) >= 0, f"{drawing.name}: {words!r}"
            assert right <= width, f"{drawing.name}: {words!r}"
            assert top <= height, f"{drawing.name}: {words!r}"


def test_the_bars_are_the_shares(section: Section) -> None:
    (axes,) = draw(section)[0].figure.axes
    bars = next(bars for bars in axes.containers if bars.get_label().startswith("smallcode"))
    solved = dict.fromkeys(CATEGORIES, 0)
    for row in section.rows:
        if row.agent == "smallcode" and not row.without:
            solved[row.category] += row.status == "solved"
    assert [bar.get_height() for bar in bars] == [10 * solved[name] for name in sorted(CATEGORIES)]


def test_arms_are_told_apart_without_colour_alone(section: Section) -> None:
    (axes,) = draw(section)[0].figure.axes
    looks = {(bars[0].get_facecolor(), bars[0].get_hatch()) for bars in axes.containers}
    assert len(looks) == len(axes.containers) == 11


def test_what_was_only_skipped_has_no_picture() -> None:
    (found,) = make_report(outcomes("smallcode", "ss")).sections
    assert draw(found) == ()


def test_arms_far_apart_in_cost_share_a_scale() -> None:
    rows = [*outcomes("oneshot", "+-", prompt_tokens=100), *outcomes("aider", "+-", prompt_tokens=90_000)]
    (found,) = make_report(rows).sections
    (axes,) = draw(found)[1].figure.axes
    assert axes.get_xscale() == "log"
    words = [text for text, _ in labels(axes.figure)]
    assert "1,000" in words


def test_a_picture_is_the_same_each_time_and_has_ids_of_its_own() -> None:
    (found,) = make_report(make_suite(size=1)).sections
    one, other = (render(draw(found)[0], prefix="1-") for _ in range(2))
    assert one == other
    assert one.png.startswith(b"\x89PNG")
    root = ElementTree.fromstring(one.svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids
    assert all(name.startswith("1-solved-single-") for name in ids)
    used = re.findall(r'(?:url\(#|href="#)([^)"]+)', one.svg)
    assert used
    assert set(used) <= set(ids)


def test_the_page_loads_nothing_and_runs_nothing(section: Section) -> None:
    report = make_report([*section.rows, *make_suite(machine=GPU, size=1)])
    pictures = {
        number: [render(drawing, prefix=f"{number}-") for drawing in draw(found)]
        for number, found in enumerate(report.sections)
    }
    page = Page(make_page(report, pictures))
    assert page.tags.count("svg") == 6
    assert not {"script", "link", "img", "iframe", "object", "base", "b"} & set(page.tags)
    assert all(link.startswith("#") for link in page.links)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_lists_every_task_with_a_mark_and_its_first_problem() -> None:
    rows = [
        make_row(task="a"),
        make_row(
            task="b",
            status="failed",
            failure="no_edit",
            problems=("<b>Nothing</b> was changed.", "another one"),
        ),
        make_row(task="c", status="skipped", problems=("There is no rust.",)),
        make_row(task="a", agent="oneshot", seed=0),
        make_row(task="a", agent="oneshot", seed=1, status="failed", failure="time_out"),
    ]
    text = make_page(make_report(rows), {})
    assert '<td class="solved">✓ solved</td>' in text
    assert "<summary>✗ no edit</summary><p>&lt;b&gt;Nothing&lt;/b&gt; was changed.</p>" in text
    assert "<summary>skipped</summary><p>There is no rust.</p>" in text
    assert "◐ 1/2 time out" in text
    assert "another one" not in text


def test_the_command_writes_page_markdown_and_pictures(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", make_suite(size=1))
    assert main(["bench", "report", str(path), "--out", str(tmp_path / "out")]) == 0
    pictures = {f"{kind}-single.{end}" for kind in ("solved", "cost", "ablation") for end in ("svg", "png")}
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"report.html", "report.md", *pictures}
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\((\S+)\)", markdown)) == {name for name in pictures if name.endswith("svg")}

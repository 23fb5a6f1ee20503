"""A saved notebook as a page in Chromium with scripts switched off, light and dark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent.parent / "render"))

from test_render_static import CLOSING, saved_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_saved_run_is_read_and_unfolded_without_scripts(
    chromium: Browser, theme: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(saved_page(theme=theme), encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 900, "height": 1_200})
    context.route(
        "**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
    )
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.get_by_text("+ return a + b", exact=True).is_visible()
    assert page.get_by_text(CLOSING).first.is_visible()
    detail = page.get_by_text("add(1, 2): got -1").first
    assert not detail.is_visible()
    page.get_by_text("check syntax ✓ examples 1/3 ✗").first.click()
    assert detail.is_visible()
    # The rows of the diff are whole lines, one under the other.
    rows = [page.get_by_text(text, exact=True) for text in ("- return a - b", "+ return a + b")]
    boxes = [row.bounding_box() for row in rows]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert 10 < boxes[1]["y"] - boxes[0]["y"] < 30
    assert boxes[0]["width"] > 600
    context.close()
